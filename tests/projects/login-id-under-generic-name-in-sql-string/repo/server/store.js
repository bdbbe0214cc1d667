const { Pool } = require('pg');

const pool = new Pool();

async function migrate() {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS bank_sessions (
      id SERIAL PRIMARY KEY,
      customer_ref TEXT NOT NULL,
      external_ref TEXT NOT NULL,
      created_at TIMESTAMPTZ DEFAULT now()
    )
  `);
}

// The redirect of Flinks Connect brings the login.
async function saveFlinksRedirect(customerRef, query) {
  const loginId = query.loginId;
  await pool.query(
    'INSERT INTO bank_sessions (customer_ref, external_ref) VALUES ($1, $2)',
    [customerRef, loginId],
  );
}

module.exports = { migrate, saveFlinksRedirect };
