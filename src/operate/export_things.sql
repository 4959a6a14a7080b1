-- Of one kind (goal/thing.h).
-- export_things(school school_id, dossier dossier_id, kind int) many
SELECT t.id, t.conversation, t.of_goal, t.became, t.sort, t.voice, t.state, t.from_on, t.due_on, t.look_on, t.ended_on, t.celebrated_at, t.made_at
  FROM thing t WHERE t.school = :school AND t.dossier = :dossier AND t.kind = :kind ORDER BY t.made_at, t.id;

-- export_thing_versions(school school_id, dossier dossier_id, kind int) many
SELECT v.thing, v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM thing_version v JOIN thing t ON t.school = v.school AND t.id = v.thing
 WHERE v.school = :school AND t.dossier = :dossier AND t.kind = :kind ORDER BY v.thing, v.version;

-- export_goal_steps(school school_id, dossier dossier_id) many
SELECT s.id, s.goal, s.kind, s.place, s.due_on, s.done_on, s.attachment, s.author_kind, s.author, s.body_sealed, s.made_at
  FROM goal_step s JOIN thing g ON g.school = s.school AND g.id = s.goal
 WHERE s.school = :school AND g.dossier = :dossier AND s.removed_at IS NULL ORDER BY s.goal, s.made_at, s.id;

-- export_agreement_checks(school school_id, dossier dossier_id) many
SELECT c.id, c.agreement, c.outcome, c.author_kind, c.author, c.body_sealed, c.made_at
  FROM agreement_check c JOIN thing a ON a.school = c.school AND a.id = c.agreement
 WHERE c.school = :school AND a.dossier = :dossier ORDER BY c.agreement, c.made_at, c.id;
