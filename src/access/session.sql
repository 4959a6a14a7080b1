-- session_add(id session_id, token_hash bytes, kind int, step int, account account_id?, at_school school_id?, person long, visit long, browser int, made_at time, ends_at time) exec
INSERT INTO session (id, token_hash, kind, step, account, at_school, person, visit, browser, made_at, seen_at, ends_at)
VALUES (:id, :token_hash, :kind, :step, :account, :at_school, :person, :visit, :browser, :made_at, :made_at, :ends_at);

-- Only sessions that still live and whose account is not disabled.
-- session_of_token(token_hash bytes, now time) one
SELECT s.id, s.kind, s.step, s.account, s.at_school, s.person, COALESCE(s.visit, 0) AS visit, s.made_at, s.seen_at, s.ends_at,
       COALESCE(a.language, 0) AS language
  FROM session s LEFT JOIN account a ON a.id = s.account
 WHERE s.token_hash = :token_hash AND s.ends_at > :now AND a.disabled_at IS NULL;

-- session_seen(id session_id, now time) exec
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- session_delete(id session_id) exec
DELETE FROM session WHERE id = :id;

-- session_set_language(id account_id, language int) exec
UPDATE account SET language = :language WHERE id = :id;
