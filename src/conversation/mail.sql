-- mail_insert(id long, at_school school_id, kind int, address_sealed sealed, body_sealed sealed, at time) exec
INSERT INTO mail_out (id, at_school, kind, address_sealed, body_sealed, tries, send_at, sent_at, made_at)
VALUES (:id, :at_school, :kind, :address_sealed, :body_sealed, 0, :at, NULL, :at)
ON CONFLICT (id) DO NOTHING;

-- mail_due_rows(now time, most_tries int, most int) many
SELECT m.id, m.address_sealed, m.body_sealed, m.tries, m.send_at FROM mail_out m
 WHERE m.sent_at IS NULL AND m.send_at <= :now AND m.tries < :most_tries ORDER BY m.send_at, m.id LIMIT :most;

-- Another process that took it has moved its time.
-- mail_take(id long, tries int, was time, send_at time) exec
UPDATE mail_out SET tries = :tries, send_at = :send_at WHERE id = :id AND send_at = :was AND sent_at IS NULL;

-- mail_set_sent(id long, address_sealed sealed, body_sealed sealed, at time) exec
UPDATE mail_out SET sent_at = :at, address_sealed = :address_sealed, body_sealed = :body_sealed WHERE id = :id;

-- mail_delete(id long) exec
DELETE FROM mail_out WHERE id = :id;

-- mail_sweep_sent(before time) exec
DELETE FROM mail_out WHERE sent_at < :before;

-- mail_sweep_tired(now time, most_tries int) exec
DELETE FROM mail_out WHERE sent_at IS NULL AND tries >= :most_tries AND send_at <= :now;

-- Tomorrow's conversations that stand: who leads, with which account. States under 4: not begun.
-- mail_tomorrow_rows(school school_id, on_day date) many
SELECT c.id, c.planned_minute, s.account
  FROM conversation c JOIN staff s ON s.school = c.school AND s.id = c.leader
 WHERE c.school = :school AND c.planned_on = :on_day AND c.state < 4 AND s.left_on IS NULL AND s.account IS NOT NULL;
