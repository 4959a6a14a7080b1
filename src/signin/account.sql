-- account_of_login(login_index bytes) one
SELECT a.id, a.password_hash, a.totp_sealed, a.totp_step, a.language, a.disabled_at
  FROM account a WHERE a.login_index = :login_index;

-- account_row(id account_id) one as account_of_login
SELECT a.id, a.password_hash, a.totp_sealed, a.totp_step, a.language, a.disabled_at
  FROM account a WHERE a.id = :id;

-- account_login(id account_id) one
SELECT a.login_sealed FROM account a WHERE a.id = :id;

-- account_add(id account_id, login_index bytes, login_sealed sealed, at time) exec
INSERT INTO account (id, login_index, login_sealed, password_hash, totp_sealed, totp_step, language, made_at, disabled_at)
VALUES (:id, :login_index, :login_sealed, NULL, NULL, 0, 0, :at, NULL);

-- account_school_add(account account_id, at_school school_id) exec
INSERT INTO account_school (account, at_school) VALUES (:account, :at_school) ON CONFLICT DO NOTHING;

-- account_school_rows(account account_id) many
SELECT c.at_school, s.key_wrapped FROM account_school c JOIN school s ON s.id = c.at_school
 WHERE c.account = :account ORDER BY c.at_school;

-- account_staff(school school_id, account account_id) many
SELECT s.id FROM staff s WHERE s.school = :school AND s.account = :account AND s.left_on IS NULL;

-- account_password(id account_id, password_hash text) exec
UPDATE account SET password_hash = :password_hash WHERE id = :id;

-- account_totp(id account_id, totp_sealed sealed?, step long) exec
UPDATE account SET totp_sealed = :totp_sealed, totp_step = :step WHERE id = :id;

-- account_totp_step(id account_id, step long) exec
UPDATE account SET totp_step = :step WHERE id = :id AND totp_step < :step;

-- account_recovery_clear(account account_id) exec
DELETE FROM account_recovery WHERE account = :account;

-- account_recovery_add(account account_id, code_hash bytes) exec
INSERT INTO account_recovery (account, code_hash, used_at) VALUES (:account, :code_hash, NULL);

-- account_recovery_use(account account_id, code_hash bytes, at time) exec
UPDATE account_recovery SET used_at = :at WHERE account = :account AND code_hash = :code_hash AND used_at IS NULL;

-- account_recovery_count(account account_id) one
SELECT COUNT(*) AS unused FROM account_recovery r WHERE r.account = :account AND r.used_at IS NULL;

-- account_invitation_clear(account account_id) exec
DELETE FROM account_invitation WHERE account = :account;

-- account_invitation_add(token_hash bytes, account account_id, purpose int, at time, ends_at time) exec
INSERT INTO account_invitation (token_hash, account, purpose, made_at, ends_at, used_at)
VALUES (:token_hash, :account, :purpose, :at, :ends_at, NULL);

-- account_invitation_row(token_hash bytes, now time) one
SELECT i.account, i.purpose FROM account_invitation i
 WHERE i.token_hash = :token_hash AND i.used_at IS NULL AND i.ends_at > :now;

-- account_invitation_used(token_hash bytes, now time) exec
UPDATE account_invitation SET used_at = :now WHERE token_hash = :token_hash AND used_at IS NULL;

-- account_session_rows(account account_id, now time) many
SELECT s.id, s.browser, s.made_at, s.seen_at FROM session s
 WHERE s.account = :account AND s.ends_at > :now AND s.step = 2 ORDER BY s.seen_at DESC;

-- account_session_end(account account_id, id session_id) exec
DELETE FROM session WHERE account = :account AND id = :id;

-- account_session_end_others(account account_id, keep session_id?) exec
DELETE FROM session WHERE account = :account AND id <> COALESCE(CAST(:keep AS BIGINT), 0);

-- account_session_school(id session_id, at_school school_id, person long) exec
UPDATE session SET at_school = :at_school, person = :person WHERE id = :id;

-- account_set_disabled(id account_id, disabled time?) exec
UPDATE account SET disabled_at = :disabled WHERE id = :id;

-- Four statements for who works at no school of this installation any more.
-- account_homeless_recovery() exec
DELETE FROM account_recovery WHERE NOT EXISTS (SELECT 1 FROM account_school c WHERE c.account = account_recovery.account);

-- account_homeless_invitation() exec
DELETE FROM account_invitation WHERE NOT EXISTS (SELECT 1 FROM account_school c WHERE c.account = account_invitation.account);

-- account_homeless_session() exec
DELETE FROM session WHERE account IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account_school c WHERE c.account = session.account);

-- account_homeless() exec
DELETE FROM account WHERE NOT EXISTS (SELECT 1 FROM account_school c WHERE c.account = account.id);

-- account_sweep_sessions(now time) exec
DELETE FROM session WHERE ends_at <= :now;

-- account_sweep_invitations(now time) exec
DELETE FROM account_invitation WHERE ends_at <= :now;

-- account_sweep_devices(now time) exec
DELETE FROM class_device WHERE ends_at <= :now;
