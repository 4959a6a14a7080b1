-- evidence_goal(school school_id, goal goal_id) one
SELECT g.pupil, g.conversation, d.slot, d.key_wrapped
  FROM thing g JOIN dossier d ON d.school = g.school AND d.id = g.dossier
 WHERE g.school = :school AND g.id = :goal AND g.kind = 1;

-- evidence_count(school school_id, goal goal_id) one
SELECT COUNT(*) AS number FROM goal_step s
 WHERE s.school = :school AND s.goal = :goal AND s.kind = 3 AND s.removed_at IS NULL;

-- Also one that was taken away: its id is not used again.
-- evidence_row(school school_id, id goal_step_id) one
SELECT s.goal, s.kind, s.attachment, s.author_kind, s.author, s.removed_at FROM goal_step s
 WHERE s.school = :school AND s.id = :id;

-- evidence_insert(school school_id, id goal_step_id, goal goal_id, attachment attachment_id?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO goal_step (school, id, goal, kind, place, due_on, done_on, attachment, author_kind, author, body_sealed, made_at, removed_at)
VALUES (:school, :id, :goal, 3, 0, NULL, NULL, :attachment, :author_kind, :author, :body_sealed, :at, NULL);

-- Belongs to the dossier, and to no conversation.
-- evidence_file_insert(school school_id, id attachment_id, dossier dossier_id, kind int, content_type text, size int, body_sealed sealed, made_by_kind int, made_by long, at time) exec
INSERT INTO attachment (school, id, dossier, conversation, kind, content_type, size, name_sealed, body_sealed,
                        made_by_kind, made_by, made_at, removed_at)
VALUES (:school, :id, :dossier, NULL, :kind, :content_type, :size, NULL, :body_sealed,
        :made_by_kind, :made_by, :at, NULL);

-- evidence_file(school school_id, goal goal_id, attachment attachment_id) one
SELECT a.kind, a.content_type, a.body_sealed
  FROM goal_step s JOIN attachment a ON a.school = s.school AND a.id = s.attachment
 WHERE s.school = :school AND s.goal = :goal AND s.attachment = :attachment AND s.removed_at IS NULL
   AND a.removed_at IS NULL;

-- Words and bytes go at once; the lines stay, so that the log has something to point at.
-- evidence_remove(school school_id, id goal_step_id, body_sealed sealed, at time) exec
UPDATE goal_step SET removed_at = :at, body_sealed = :body_sealed
 WHERE school = :school AND id = :id AND removed_at IS NULL;

-- evidence_file_remove(school school_id, id attachment_id, body_sealed sealed, at time) exec
UPDATE attachment SET removed_at = :at, body_sealed = :body_sealed
 WHERE school = :school AND id = :id AND removed_at IS NULL;
