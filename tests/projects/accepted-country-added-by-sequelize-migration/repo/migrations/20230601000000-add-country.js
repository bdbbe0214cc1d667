'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('BankLogins', 'country', { type: Sequelize.STRING(2), allowNull: false });
  },
  async down(queryInterface, Sequelize) {
    await queryInterface.removeColumn('BankLogins', 'country');
  },
};
