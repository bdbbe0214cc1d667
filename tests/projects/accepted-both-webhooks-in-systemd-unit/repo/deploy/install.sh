#!/bin/sh
set -eu
install -m 0644 deploy/connect.service /etc/systemd/system/connect.service
systemctl daemon-reload
systemctl restart connect
