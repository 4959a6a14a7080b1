-- Whom a pupil has at home and who may be told something; who has an own letter is for the method to say.
-- invite_home_rows(school school_id, conversation conversation_id) many
SELECT c.id AS talk, c.pupil, g.id, k.information, g.profile_sealed, d.slot, d.key_wrapped, p.invited_at, p.prepared_at
  FROM conversation c
  JOIN guardianship k ON k.school = c.school AND k.pupil = c.pupil AND k.information <> 3
  JOIN guardian g ON g.school = k.school AND g.id = k.guardian
  JOIN dossier d ON d.school = g.school AND d.id = g.id
  LEFT JOIN conversation_person p ON p.school = c.school AND p.conversation = c.id AND p.kind = 3 AND p.person = g.id
 WHERE c.school = :school AND c.id = :conversation
 ORDER BY g.id;

-- The same for all conversations of a round that have not begun. States under 4.
-- invite_home_rows_of_round(school school_id, round conversation_round_id) many as invite_home_rows
SELECT c.id AS talk, c.pupil, g.id, k.information, g.profile_sealed, d.slot, d.key_wrapped, p.invited_at, p.prepared_at
  FROM conversation c
  JOIN guardianship k ON k.school = c.school AND k.pupil = c.pupil AND k.information <> 3
  JOIN guardian g ON g.school = k.school AND g.id = k.guardian
  JOIN dossier d ON d.school = g.school AND d.id = g.id
  LEFT JOIN conversation_person p ON p.school = c.school AND p.conversation = c.id AND p.kind = 3 AND p.person = g.id
 WHERE c.school = :school AND c.round = :round AND c.state < 4
 ORDER BY c.id, g.id;

-- Who leads, and the colleagues who take part. coordinates: functions as coordinator (2) this year.
-- invite_staff_rows(school school_id, conversation conversation_id) many
SELECT s.id, s.account, s.profile_sealed, d.slot, d.key_wrapped, a.login_sealed, p.part, p.invited_at, p.prepared_at,
       CASE WHEN s.id = c.leader THEN 1 ELSE 0 END AS is_leader,
       (SELECT COUNT(*) FROM staff_function f JOIN school_year y ON y.school = f.school AND y.id = f.school_year
         WHERE f.school = :school AND f.staff = s.id AND f.role = 2 AND y.is_active = 1) AS coordinates
  FROM conversation c
  JOIN staff s ON s.school = c.school
   AND (s.id = c.leader OR s.id IN (SELECT q.person FROM conversation_person q
                                     WHERE q.school = :school AND q.conversation = :conversation AND q.kind = 1))
  JOIN dossier d ON d.school = s.school AND d.id = s.id
  LEFT JOIN account a ON a.id = s.account
  LEFT JOIN conversation_person p ON p.school = s.school AND p.conversation = c.id AND p.kind = 1 AND p.person = s.id
 WHERE c.school = :school AND c.id = :conversation AND s.left_on IS NULL
 ORDER BY is_leader DESC, s.id;

-- Who teaches a group this year, with the address that they sign in with.
-- invite_teacher_rows(school school_id, teaching_group group_id) many
SELECT s.id, s.account, s.profile_sealed, d.slot, d.key_wrapped, a.login_sealed
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN staff s ON s.school = f.school AND s.id = f.staff
  JOIN dossier d ON d.school = s.school AND d.id = s.id
  LEFT JOIN account a ON a.id = s.account
 WHERE f.school = :school AND f.teaching_group = :teaching_group AND f.role = 1 AND s.left_on IS NULL
 ORDER BY s.id;

-- When a conversation was last moved; 0: never.
-- invite_moved(school school_id, conversation conversation_id) one
SELECT COALESCE(MAX(m.made_at), 0) AS moved_at FROM conversation_moment m
 WHERE m.school = :school AND m.conversation = :conversation;
