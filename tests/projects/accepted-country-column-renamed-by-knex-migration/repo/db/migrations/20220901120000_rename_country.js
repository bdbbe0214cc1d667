exports.up = (knex) =>
  knex.schema.alterTable('bank_verifications', (table) => {
    table.renameColumn('country', 'jurisdiction');
  });

exports.down = (knex) =>
  knex.schema.alterTable('bank_verifications', (table) => {
    table.renameColumn('jurisdiction', 'country');
  });
