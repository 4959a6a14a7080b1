-- goal_insert(school school_id, id goal_id, pupil pupil_id, conversation conversation_id?, question text?, part_of goal_id?, voice int, look_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO goal (school, id, pupil, conversation, question, part_of, voice, state, look_on, ended_on, celebrated_at, version,
                  author_kind, author, body_sealed, made_at, changed_at)
VALUES (:school, :id, :pupil, :conversation, :question, :part_of, :voice, 1, :look_on, NULL, NULL, 1,
        :author_kind, :author, :body_sealed, :at, :at);

-- goal_version_insert(school school_id, goal goal_id, version int, state int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO goal_version (school, goal, version, state, author_kind, author, body_sealed, made_at)
VALUES (:school, :goal, :version, :state, :author_kind, :author, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- goal_update(school school_id, id goal_id, from_version int, state int, look_on date?, ended_on date?, celebrated time?, author_kind int, author long, body_sealed sealed, at time) exec
UPDATE goal SET state = :state, look_on = :look_on, ended_on = :ended_on, celebrated_at = :celebrated, version = version + 1,
       author_kind = :author_kind, author = :author, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version;

-- goal_row(school school_id, id goal_id) one
SELECT g.id, g.pupil, g.conversation, g.question, g.part_of, g.voice, g.state, g.look_on, g.ended_on, g.celebrated_at, g.version,
       g.author_kind, g.author, g.body_sealed, g.made_at, g.changed_at, d.slot, d.key_wrapped
  FROM goal g JOIN dossier d ON d.school = g.school AND d.id = g.pupil
 WHERE g.school = :school AND g.id = :id;

-- goal_rows_of_pupil(school school_id, pupil pupil_id, most int) many as goal_row
SELECT g.id, g.pupil, g.conversation, g.question, g.part_of, g.voice, g.state, g.look_on, g.ended_on, g.celebrated_at, g.version,
       g.author_kind, g.author, g.body_sealed, g.made_at, g.changed_at, d.slot, d.key_wrapped
  FROM goal g JOIN dossier d ON d.school = g.school AND d.id = g.pupil
 WHERE g.school = :school AND g.pupil = :pupil
 ORDER BY CASE WHEN g.state = 1 THEN 0 ELSE 1 END, g.made_at DESC, g.id LIMIT :most;

-- goal_rows_of_conversation(school school_id, pupil pupil_id, conversation conversation_id, most int) many as goal_row
SELECT g.id, g.pupil, g.conversation, g.question, g.part_of, g.voice, g.state, g.look_on, g.ended_on, g.celebrated_at, g.version,
       g.author_kind, g.author, g.body_sealed, g.made_at, g.changed_at, d.slot, d.key_wrapped
  FROM goal g JOIN dossier d ON d.school = g.school AND d.id = g.pupil
 WHERE g.school = :school AND g.pupil = :pupil AND g.conversation = :conversation
 ORDER BY CASE WHEN g.state = 1 THEN 0 ELSE 1 END, g.made_at DESC, g.id LIMIT :most;

-- goal_version_rows(school school_id, goal goal_id) many
SELECT v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM goal_version v WHERE v.school = :school AND v.goal = :goal ORDER BY v.version;

-- goal_step_insert(school school_id, id goal_step_id, goal goal_id, kind int, place int, due_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO goal_step (school, id, goal, kind, place, due_on, done_on, attachment, author_kind, author, body_sealed, made_at, removed_at)
VALUES (:school, :id, :goal, :kind, :place, :due_on, NULL, NULL, :author_kind, :author, :body_sealed, :at, NULL);

-- goal_step_set_done(school school_id, id goal_step_id, done_on date?) exec
UPDATE goal_step SET done_on = :done_on WHERE school = :school AND id = :id AND kind = 1;

-- goal_step_row(school school_id, id goal_step_id) one
SELECT s.id, s.goal, s.kind, s.done_on FROM goal_step s
 WHERE s.school = :school AND s.id = :id AND s.removed_at IS NULL;

-- goal_step_rows(school school_id, pupil pupil_id) many
SELECT s.id, s.goal, s.kind, s.place, s.due_on, s.done_on, s.attachment, s.author_kind, s.author, s.body_sealed, s.made_at,
       g.conversation, d.slot, d.key_wrapped
  FROM goal g
  JOIN goal_step s ON s.school = g.school AND s.goal = g.id
  JOIN dossier d ON d.school = g.school AND d.id = g.pupil
 WHERE g.school = :school AND g.pupil = :pupil AND s.removed_at IS NULL
 ORDER BY s.goal, COALESCE(s.due_on, '9999-12-31'), s.made_at, s.id;
