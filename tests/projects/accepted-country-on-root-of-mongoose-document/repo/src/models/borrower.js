const mongoose = require('mongoose');

const accountSchema = new mongoose.Schema({
  number: String,
  transit: String,
  type: { type: String, enum: ['chequing', 'savings'] },
});

const borrowerSchema = new mongoose.Schema(
  {
    email: { type: String, required: true, unique: true },
    flinks: {
      loginId: { type: String, index: true },
      connectedAt: Date,
      accounts: [accountSchema],
    },
    country: { type: String, enum: ['CA', 'US'], required: true },
    billingAddress: { line1: String, postalCode: String },
  },
  { timestamps: true },
);

module.exports = mongoose.model('Borrower', borrowerSchema);
