-- Newest first: the first of a thing and reader stands.
-- sharing_rows(school school_id, pupil pupil_id) many
SELECT s.id, s.thing_kind, s.thing, s.question, s.voice, s.reader_kind, s.reader, s.decision, s.decided_kind, s.decided_by,
       s.body_sealed, s.made_at, s.ends_on
  FROM sharing s
 WHERE s.school = :school AND s.pupil = :pupil
 ORDER BY s.made_at DESC, s.id DESC;

-- sharing_insert(school school_id, id sharing_id, pupil pupil_id, thing_kind int, thing long, question text, voice int, reader_kind int, reader long, decision int, decided_kind int, decided_by long, body_sealed sealed, at time, ends_on date?) exec
INSERT INTO sharing (school, id, pupil, thing_kind, thing, question, voice, reader_kind, reader, decision, decided_kind, decided_by,
                     body_sealed, made_at, ends_on)
VALUES (:school, :id, :pupil, :thing_kind, :thing, :question, :voice, :reader_kind, :reader, :decision, :decided_kind, :decided_by,
        :body_sealed, :at, :ends_on);

-- When the last decision was taken, so that the next one is later also within one millisecond.
-- sharing_last(school school_id, pupil pupil_id) one
SELECT COALESCE(MAX(s.made_at), 0) AS last_at FROM sharing s WHERE s.school = :school AND s.pupil = :pupil;

-- sharing_guardian_rows(school school_id, pupil pupil_id) many
SELECT g.id, s.has_authority, s.information, g.profile_sealed, d.slot, d.key_wrapped
  FROM guardianship s
  JOIN guardian g ON g.school = s.school AND g.id = s.guardian
  JOIN dossier d ON d.school = g.school AND d.id = g.id
 WHERE s.school = :school AND s.pupil = :pupil
 ORDER BY g.id;

-- Conversations of a pupil in which something was said, newest first.
-- sharing_conversation_rows(school school_id, pupil pupil_id, most int) many
SELECT c.id FROM conversation c
 WHERE c.school = :school AND c.pupil = :pupil AND c.state IN (3, 4, 5, 6)
 ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31') DESC, c.made_at DESC, c.id LIMIT :most;

-- sharing_exception_insert(school school_id, id sharing_exception_id, pupil pupil_id, conversation conversation_id?, made_by staff_id, body_sealed sealed, told_on date?, at time) exec
INSERT INTO sharing_exception (school, id, pupil, conversation, made_by, body_sealed, told_on, made_at)
VALUES (:school, :id, :pupil, :conversation, :made_by, :body_sealed, :told_on, :at);

-- sharing_exception_row(school school_id, id sharing_exception_id) one
SELECT e.pupil, e.conversation, e.told_on FROM sharing_exception e WHERE e.school = :school AND e.id = :id;

-- sharing_exception_set_told(school school_id, id sharing_exception_id, told_on date) exec
UPDATE sharing_exception SET told_on = :told_on WHERE school = :school AND id = :id AND told_on IS NULL;

-- sharing_exception_rows(school school_id, pupil pupil_id) many
SELECT e.id, e.conversation, e.made_by, e.body_sealed, e.told_on, e.made_at,
       s.profile_sealed AS maker_sealed, ds.slot AS maker_slot, ds.key_wrapped AS maker_key_wrapped
  FROM sharing_exception e
  JOIN staff s ON s.school = e.school AND s.id = e.made_by
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE e.school = :school AND e.pupil = :pupil
 ORDER BY e.made_at DESC, e.id;

-- Staff who stand in the log of a pupil, for their names.
-- looked_staff_rows(school school_id, pupil long) many
SELECT s.id, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff s JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE s.school = :school
   AND EXISTS (SELECT 1 FROM audit a WHERE a.school = :school AND a.pupil = :pupil AND a.actor_kind = 1 AND a.actor = s.id);
