-- attachment_insert(school school_id, id attachment_id, dossier dossier_id, conversation conversation_id, kind int,
--   content_type text, size int, body_sealed sealed, made_by_kind int, made_by long, at time) exec
INSERT INTO attachment (school, id, dossier, conversation, kind, content_type, size, name_sealed, body_sealed,
                        made_by_kind, made_by, made_at, removed_at)
VALUES (:school, :id, :dossier, :conversation, :kind, :content_type, :size, NULL, :body_sealed,
        :made_by_kind, :made_by, :at, NULL);

-- attachment_row(school school_id, id attachment_id, conversation conversation_id) one
SELECT a.kind, a.content_type, a.size, a.made_by_kind, a.made_by, a.made_at, a.body_sealed, a.dossier, d.slot, d.key_wrapped
  FROM attachment a
  JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.id = :id AND a.conversation = :conversation AND a.removed_at IS NULL;

-- attachment_rows(school school_id, conversation conversation_id) many
SELECT a.id, a.kind, a.content_type, a.size, a.made_by_kind, a.made_by, a.made_at
  FROM attachment a
 WHERE a.school = :school AND a.conversation = :conversation AND a.removed_at IS NULL
 ORDER BY a.made_at, a.id;

-- attachment_count(school school_id, conversation conversation_id) one
SELECT COUNT(*) AS number, COALESCE(SUM(a.size), 0) AS bytes
  FROM attachment a
 WHERE a.school = :school AND a.conversation = :conversation AND a.removed_at IS NULL;

-- The bytes go at once; the line stays, so that the log has something to point at.
-- attachment_remove(school school_id, id attachment_id, conversation conversation_id, body_sealed sealed, at time) exec
UPDATE attachment SET removed_at = :at, body_sealed = :body_sealed
 WHERE school = :school AND id = :id AND conversation = :conversation AND removed_at IS NULL;
