-- goal_step_insert(school school_id, id goal_step_id, goal goal_id, kind int, place int, due_on date?, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO goal_step (school, id, goal, kind, place, due_on, done_on, attachment, author_kind, author, body_sealed, made_at, removed_at)
VALUES (:school, :id, :goal, :kind, :place, :due_on, NULL, NULL, :author_kind, :author, :body_sealed, :at, NULL);

-- goal_step_set_done(school school_id, id goal_step_id, done_on date?) exec
UPDATE goal_step SET done_on = :done_on WHERE school = :school AND id = :id AND kind = 1;

-- goal_step_row(school school_id, id goal_step_id) one
SELECT s.id, s.goal, s.kind, s.done_on FROM goal_step s
 WHERE s.school = :school AND s.id = :id AND s.removed_at IS NULL;

-- goal_step_rows(school school_id, dossier dossier_id) many
SELECT s.id, s.goal, s.kind, s.place, s.due_on, s.done_on, s.attachment, s.author_kind, s.author, s.body_sealed, s.made_at,
       g.conversation, d.slot, d.key_wrapped
  FROM thing g
  JOIN goal_step s ON s.school = g.school AND s.goal = g.id
  JOIN dossier d ON d.school = g.school AND d.id = g.dossier
 WHERE g.school = :school AND g.dossier = :dossier AND s.removed_at IS NULL
 ORDER BY s.goal, COALESCE(s.due_on, '9999-12-31'), s.made_at, s.id;
