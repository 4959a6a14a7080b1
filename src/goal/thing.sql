-- thing_conversation(school school_id, conversation conversation_id) one
SELECT c.pupil, c.teaching_group, c.dossier FROM conversation c WHERE c.school = :school AND c.id = :conversation;

-- thing_insert(school school_id, id thing_id, kind int, pupil pupil_id?, dossier dossier_id, conversation conversation_id?,
--   question text?, of_goal goal_id?, sort int, who long, voice int, from_on date, due_on date?, look_on date?,
--   author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO thing (school, id, kind, pupil, dossier, conversation, question, of_goal, became, sort, who, voice, state, from_on, due_on,
                   look_on, ended_on, celebrated_at, version, author_kind, author, body_sealed, made_at, changed_at)
VALUES (:school, :id, :kind, :pupil, :dossier, :conversation, :question, :of_goal, NULL, :sort, :who, :voice, 1, :from_on, :due_on,
        :look_on, NULL, NULL, 1, :author_kind, :author, :body_sealed, :at, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- thing_update(school school_id, id thing_id, from_version int, of_goal goal_id?, became thing_id?, sort int, who long,
--   voice int, state int, due_on date?, look_on date?, ended_on date?, celebrated time?, author_kind int, author long,
--   body_sealed sealed, at time) exec
UPDATE thing SET of_goal = :of_goal, became = :became, sort = :sort, who = :who, voice = :voice, state = :state, due_on = :due_on,
       look_on = :look_on, ended_on = :ended_on, celebrated_at = :celebrated, version = version + 1, author_kind = :author_kind,
       author = :author, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version;

-- thing_row(school school_id, id thing_id) one
SELECT t.id, t.kind, t.pupil, t.dossier, t.conversation, t.question, t.of_goal, t.became, t.sort, t.who, t.voice, t.state, t.from_on,
       t.due_on, t.look_on, t.ended_on, t.celebrated_at, t.version, t.author_kind, t.author, t.body_sealed, t.made_at, t.changed_at,
       d.slot, d.key_wrapped
  FROM thing t JOIN dossier d ON d.school = t.school AND d.id = t.dossier
 WHERE t.school = :school AND t.id = :id;

-- Of one kind, of one conversation, of all (0) or of none (-1): open ones first, then newest. Needs: the pupil's own before what others
-- added, by what they are about.
-- thing_rows(school school_id, dossier dossier_id, kind int, talk long, most int) many as thing_row
SELECT t.id, t.kind, t.pupil, t.dossier, t.conversation, t.question, t.of_goal, t.became, t.sort, t.who, t.voice, t.state, t.from_on,
       t.due_on, t.look_on, t.ended_on, t.celebrated_at, t.version, t.author_kind, t.author, t.body_sealed, t.made_at, t.changed_at,
       d.slot, d.key_wrapped
  FROM thing t JOIN dossier d ON d.school = t.school AND d.id = t.dossier
 WHERE t.school = :school AND t.dossier = :dossier AND t.kind = :kind AND (CAST(:talk AS BIGINT) = 0 OR t.conversation = :talk OR (CAST(:talk AS BIGINT) = -1 AND t.conversation IS NULL))
 ORDER BY CASE WHEN t.state = 1 THEN 0 ELSE 1 END, CASE WHEN t.kind = 2 AND t.voice <> 1 THEN 1 ELSE 0 END,
          CASE WHEN t.kind = 2 THEN t.sort ELSE 0 END, t.made_at DESC, t.id LIMIT :most;

-- What belongs to a goal: by kind, open ones first.
-- thing_rows_of_goal(school school_id, goal goal_id, most int) many as thing_row
SELECT t.id, t.kind, t.pupil, t.dossier, t.conversation, t.question, t.of_goal, t.became, t.sort, t.who, t.voice, t.state, t.from_on,
       t.due_on, t.look_on, t.ended_on, t.celebrated_at, t.version, t.author_kind, t.author, t.body_sealed, t.made_at, t.changed_at,
       d.slot, d.key_wrapped
  FROM thing t JOIN dossier d ON d.school = t.school AND d.id = t.dossier
 WHERE t.school = :school AND t.of_goal = :goal
 ORDER BY t.kind, CASE WHEN t.state = 1 THEN 0 ELSE 1 END, t.made_at, t.id LIMIT :most;

-- thing_version_insert(school school_id, thing thing_id, version int, state int, author_kind int, author long,
--   body_sealed sealed, at time) exec
INSERT INTO thing_version (school, thing, version, state, author_kind, author, body_sealed, made_at)
VALUES (:school, :thing, :version, :state, :author_kind, :author, :body_sealed, :at);

-- thing_version_rows(school school_id, thing thing_id) many
SELECT v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM thing_version v WHERE v.school = :school AND v.thing = :thing ORDER BY v.version;
