-- need_insert(school school_id, id need_id, pupil pupil_id, conversation conversation_id?, question text?, goal goal_id?, kind int, voice int, review_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO need (school, id, pupil, conversation, question, goal, kind, voice, state, review_on, version, author_kind, author, body_sealed, made_at, changed_at)
VALUES (:school, :id, :pupil, :conversation, :question, :goal, :kind, :voice, 1, :review_on, 1, :author_kind, :author, :body_sealed, :at, :at);

-- need_version_insert(school school_id, need need_id, version int, state int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO need_version (school, need, version, state, author_kind, author, body_sealed, made_at)
VALUES (:school, :need, :version, :state, :author_kind, :author, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- need_update(school school_id, id need_id, from_version int, kind int, state int, review_on date?, author_kind int, author long, body_sealed sealed, at time) exec
UPDATE need SET kind = :kind, state = :state, review_on = :review_on, version = version + 1, author_kind = :author_kind,
       author = :author, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version;

-- need_row(school school_id, id need_id) one
SELECT n.id, n.pupil, n.conversation, n.question, n.goal, n.kind, n.voice, n.state, n.review_on, n.version, n.author_kind, n.author,
       n.body_sealed, n.made_at, n.changed_at, d.slot, d.key_wrapped
  FROM need n JOIN dossier d ON d.school = n.school AND d.id = n.pupil
 WHERE n.school = :school AND n.id = :id;

-- need_goal(school school_id, goal goal_id) one
SELECT g.pupil FROM goal g WHERE g.school = :school AND g.id = :goal;

-- need_rows_of_pupil(school school_id, pupil pupil_id, most int) many as need_row
SELECT n.id, n.pupil, n.conversation, n.question, n.goal, n.kind, n.voice, n.state, n.review_on, n.version, n.author_kind, n.author,
       n.body_sealed, n.made_at, n.changed_at, d.slot, d.key_wrapped
  FROM need n JOIN dossier d ON d.school = n.school AND d.id = n.pupil
 WHERE n.school = :school AND n.pupil = :pupil
 ORDER BY n.state, CASE WHEN n.voice = 1 THEN 0 ELSE 1 END, n.kind, n.made_at, n.id LIMIT :most;

-- need_rows_of_conversation(school school_id, pupil pupil_id, conversation conversation_id, most int) many as need_row
SELECT n.id, n.pupil, n.conversation, n.question, n.goal, n.kind, n.voice, n.state, n.review_on, n.version, n.author_kind, n.author,
       n.body_sealed, n.made_at, n.changed_at, d.slot, d.key_wrapped
  FROM need n JOIN dossier d ON d.school = n.school AND d.id = n.pupil
 WHERE n.school = :school AND n.pupil = :pupil AND n.conversation = :conversation
 ORDER BY n.state, CASE WHEN n.voice = 1 THEN 0 ELSE 1 END, n.kind, n.made_at, n.id LIMIT :most;

-- need_version_rows(school school_id, need need_id) many
SELECT v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM need_version v WHERE v.school = :school AND v.need = :need ORDER BY v.version;
