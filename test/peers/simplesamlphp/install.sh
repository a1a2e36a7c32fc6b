#!/bin/sh
# The peer for the SAML tests, from Debian 12's or Ubuntu's archive. Apache comes along and is not used.
set -eu
apt-get install -y --no-install-recommends \
  simplesamlphp php-cli php-xml php-mbstring php-curl php-sqlite3 php-intl
