-- agreement_insert(school school_id, id agreement_id, pupil pupil_id?, dossier dossier_id, conversation conversation_id?, question text?, goal goal_id?, who_kind int, who long, due_on date?, look_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO agreement (school, id, pupil, dossier, conversation, question, goal, became, who_kind, who, state, due_on, look_on, ended_on,
                       celebrated_at, version, author_kind, author, body_sealed, made_at, changed_at)
VALUES (:school, :id, :pupil, :dossier, :conversation, :question, :goal, NULL, :who_kind, :who, 1, :due_on, :look_on, NULL,
        NULL, 1, :author_kind, :author, :body_sealed, :at, :at);

-- agreement_version_insert(school school_id, agreement agreement_id, version int, state int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO agreement_version (school, agreement, version, state, author_kind, author, body_sealed, made_at)
VALUES (:school, :agreement, :version, :state, :author_kind, :author, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- agreement_update(school school_id, id agreement_id, from_version int, who_kind int, who long, state int, became agreement_id?, due_on date?, look_on date?, ended_on date?, celebrated time?, author_kind int, author long, body_sealed sealed, at time) exec
UPDATE agreement SET who_kind = :who_kind, who = :who, state = :state, became = :became, due_on = :due_on, look_on = :look_on,
       ended_on = :ended_on, celebrated_at = :celebrated, version = version + 1, author_kind = :author_kind, author = :author,
       body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version;

-- agreement_row(school school_id, id agreement_id) one
SELECT a.id, a.pupil, a.dossier, a.conversation, a.question, a.goal, a.became, a.who_kind, a.who, a.state, a.due_on, a.look_on,
       a.ended_on, a.celebrated_at, a.version, a.author_kind, a.author, a.body_sealed, a.made_at, a.changed_at, d.slot, d.key_wrapped
  FROM agreement a JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.id = :id;

-- agreement_rows_of_pupil(school school_id, pupil pupil_id, most int) many as agreement_row
SELECT a.id, a.pupil, a.dossier, a.conversation, a.question, a.goal, a.became, a.who_kind, a.who, a.state, a.due_on, a.look_on,
       a.ended_on, a.celebrated_at, a.version, a.author_kind, a.author, a.body_sealed, a.made_at, a.changed_at, d.slot, d.key_wrapped
  FROM agreement a JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.pupil = :pupil
 ORDER BY CASE WHEN a.state = 1 THEN 0 ELSE 1 END, a.made_at DESC, a.id LIMIT :most;

-- agreement_rows_of_conversation(school school_id, dossier dossier_id, conversation conversation_id, most int) many as agreement_row
SELECT a.id, a.pupil, a.dossier, a.conversation, a.question, a.goal, a.became, a.who_kind, a.who, a.state, a.due_on, a.look_on,
       a.ended_on, a.celebrated_at, a.version, a.author_kind, a.author, a.body_sealed, a.made_at, a.changed_at, d.slot, d.key_wrapped
  FROM agreement a JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.dossier = :dossier AND a.conversation = :conversation
 ORDER BY CASE WHEN a.state = 1 THEN 0 ELSE 1 END, a.made_at DESC, a.id LIMIT :most;

-- agreement_rows_of_dossier(school school_id, dossier dossier_id, most int) many as agreement_row
SELECT a.id, a.pupil, a.dossier, a.conversation, a.question, a.goal, a.became, a.who_kind, a.who, a.state, a.due_on, a.look_on,
       a.ended_on, a.celebrated_at, a.version, a.author_kind, a.author, a.body_sealed, a.made_at, a.changed_at, d.slot, d.key_wrapped
  FROM agreement a JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.dossier = :dossier AND a.state = 1
 ORDER BY a.made_at DESC, a.id LIMIT :most;

-- agreement_version_rows(school school_id, agreement agreement_id) many
SELECT v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM agreement_version v WHERE v.school = :school AND v.agreement = :agreement ORDER BY v.version;

-- Who a promise may be of.
-- agreement_staff(school school_id, id staff_id) one
SELECT s.id FROM staff s WHERE s.school = :school AND s.id = :id;

-- agreement_guardian(school school_id, guardian guardian_id, pupil pupil_id) one
SELECT g.guardian FROM guardianship g WHERE g.school = :school AND g.guardian = :guardian AND g.pupil = :pupil;

-- agreement_goal(school school_id, goal goal_id) one
SELECT g.pupil FROM goal g WHERE g.school = :school AND g.id = :goal;

-- agreement_check_insert(school school_id, id agreement_check_id, agreement agreement_id, outcome int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO agreement_check (school, id, agreement, outcome, author_kind, author, body_sealed, made_at)
VALUES (:school, :id, :agreement, :outcome, :author_kind, :author, :body_sealed, :at);

-- agreement_check_row(school school_id, id agreement_check_id) one
SELECT c.agreement FROM agreement_check c WHERE c.school = :school AND c.id = :id;

-- agreement_check_rows(school school_id, agreement agreement_id) many
SELECT c.id, c.agreement, c.outcome, c.author_kind, c.author, c.body_sealed, c.made_at
  FROM agreement_check c WHERE c.school = :school AND c.agreement = :agreement ORDER BY c.made_at, c.id;
