import 'package:flutter/material.dart';
import 'package:wallet/app.dart';
import 'package:wallet/flinks_config.dart';

void main() {
  runApp(const WalletApp(flinks: FlinksConfig(instance: 'toolbox')));
}
