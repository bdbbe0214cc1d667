const { Pool } = require('pg');

const pool = new Pool();

async function migrate() {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS bank_sessions (
      id SERIAL PRIMARY KEY,
      customer_ref TEXT NOT NULL,
      external_ref TEXT NOT NULL,
      country CHAR(2) NOT NULL,
      created_at TIMESTAMPTZ DEFAULT now()
    )
  `);
}

// The redirect of Flinks Connect brings the login.
async function saveFlinksRedirect(customerRef, query) {
  const loginId = query.loginId;
  await pool.query(
    'INSERT INTO bank_sessions (customer_ref, external_ref, country) VALUES ($1, $2, $3)',
    [customerRef, loginId, query.country],
  );
}

module.exports = { migrate, saveFlinksRedirect };
