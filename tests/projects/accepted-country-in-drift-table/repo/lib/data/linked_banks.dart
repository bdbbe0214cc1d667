import 'package:drift/drift.dart';

/// Banks linked with Flinks Connect.
class LinkedBanks extends Table {
  IntColumn get id => integer().autoIncrement()();
  TextColumn get loginId => text().unique()();
  TextColumn get country => text()();
  DateTimeColumn get linkedAt => dateTime()();
}
