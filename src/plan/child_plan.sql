-- child_plan_insert(school school_id, id child_plan_id, pupil pupil_id, conversation conversation_id?, question text?, goal goal_id?, from_on date, look_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO child_plan (school, id, pupil, conversation, question, goal, state, from_on, look_on, evaluated_on, version, author_kind, author, body_sealed, made_at, changed_at)
VALUES (:school, :id, :pupil, :conversation, :question, :goal, 1, :from_on, :look_on, NULL, 1, :author_kind, :author, :body_sealed, :at, :at);

-- child_plan_version_insert(school school_id, plan child_plan_id, version int, state int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO child_plan_version (school, plan, version, state, author_kind, author, body_sealed, made_at)
VALUES (:school, :plan, :version, :state, :author_kind, :author, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- child_plan_update(school school_id, id child_plan_id, from_version int, state int, look_on date?, evaluated_on date?, author_kind int, author long, body_sealed sealed, at time) exec
UPDATE child_plan SET state = :state, look_on = :look_on, evaluated_on = :evaluated_on, version = version + 1,
       author_kind = :author_kind, author = :author, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version;

-- child_plan_row(school school_id, id child_plan_id) one
SELECT p.id, p.pupil, p.conversation, p.question, p.goal, p.state, p.from_on, p.look_on, p.evaluated_on, p.version, p.author_kind, p.author,
       p.body_sealed, p.made_at, p.changed_at, d.slot, d.key_wrapped
  FROM child_plan p JOIN dossier d ON d.school = p.school AND d.id = p.pupil
 WHERE p.school = :school AND p.id = :id;

-- child_plan_goal(school school_id, goal goal_id) one
SELECT g.pupil FROM goal g WHERE g.school = :school AND g.id = :goal;

-- child_plan_rows_of_pupil(school school_id, pupil pupil_id, most int) many as child_plan_row
SELECT p.id, p.pupil, p.conversation, p.question, p.goal, p.state, p.from_on, p.look_on, p.evaluated_on, p.version, p.author_kind, p.author,
       p.body_sealed, p.made_at, p.changed_at, d.slot, d.key_wrapped
  FROM child_plan p JOIN dossier d ON d.school = p.school AND d.id = p.pupil
 WHERE p.school = :school AND p.pupil = :pupil
 ORDER BY p.state, p.made_at DESC, p.id LIMIT :most;

-- child_plan_rows_of_conversation(school school_id, pupil pupil_id, conversation conversation_id, most int) many as child_plan_row
SELECT p.id, p.pupil, p.conversation, p.question, p.goal, p.state, p.from_on, p.look_on, p.evaluated_on, p.version, p.author_kind, p.author,
       p.body_sealed, p.made_at, p.changed_at, d.slot, d.key_wrapped
  FROM child_plan p JOIN dossier d ON d.school = p.school AND d.id = p.pupil
 WHERE p.school = :school AND p.pupil = :pupil AND p.conversation = :conversation
 ORDER BY p.state, p.made_at DESC, p.id LIMIT :most;

-- child_plan_version_rows(school school_id, plan child_plan_id) many
SELECT v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM child_plan_version v WHERE v.school = :school AND v.plan = :plan ORDER BY v.version;
