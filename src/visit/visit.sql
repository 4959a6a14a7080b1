-- visit_insert(token_hash bytes, id long, at_school school_id, of_conversation conversation_id, of_kind int, of_person long, purpose int, at time, ends_at time) exec
INSERT INTO visit_link (token_hash, id, at_school, of_conversation, of_kind, of_person, purpose, made_at, ends_at, revoked_at)
VALUES (:token_hash, :id, :at_school, :of_conversation, :of_kind, :of_person, :purpose, :at, :ends_at, NULL);

-- visit_row(token_hash bytes, now time) one
SELECT v.id AS link, v.at_school, v.of_kind, v.of_person
  FROM visit_link v
 WHERE v.token_hash = :token_hash AND v.revoked_at IS NULL AND v.ends_at > :now;

-- visit_rows(at_school school_id, of_conversation conversation_id) many
SELECT v.id AS link, v.of_kind, v.of_person, v.purpose, v.made_at, v.ends_at, v.revoked_at
  FROM visit_link v
 WHERE v.at_school = :at_school AND v.of_conversation = :of_conversation
 ORDER BY v.made_at DESC, v.id;

-- visit_count(at_school school_id, of_conversation conversation_id) one
SELECT COUNT(*) AS links FROM visit_link v WHERE v.at_school = :at_school AND v.of_conversation = :of_conversation;

-- visit_revoke(at_school school_id, of_conversation conversation_id, link long, at time) exec
UPDATE visit_link SET revoked_at = :at
 WHERE at_school = :at_school AND of_conversation = :of_conversation AND id = :link AND revoked_at IS NULL;

-- visit_end_sessions(link long) exec
DELETE FROM session WHERE visit = :link;

-- visit_set_prepared(school school_id, conversation conversation_id, kind int, person long, at time) exec
UPDATE conversation_person SET prepared_at = :at
 WHERE school = :school AND conversation = :conversation AND kind = :kind AND person = :person;
