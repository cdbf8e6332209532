/** The configuration of docs/betrieb/skalierung.md, as it is tested; only addresses and folders are the test's. */
import type { Host } from './netz.ts';

export const KENNWORT = 'geheim';

export const etcdArgs = (host: Host, hosts: readonly Host[], daten: string) => Object.entries({
  name: host.name, 'data-dir': daten,
  'listen-client-urls': `http://${host.adresse}:2379`, 'advertise-client-urls': `http://${host.adresse}:2379`,
  'listen-peer-urls': `http://${host.adresse}:2380`, 'initial-advertise-peer-urls': `http://${host.adresse}:2380`,
  'initial-cluster': hosts.map((h) => `${h.name}=http://${h.adresse}:2380`).join(','), 'initial-cluster-state': 'new',
  'heartbeat-interval': '250', 'election-timeout': '2500', 'log-level': 'error',
}).map(([key, value]) => `--${key}=${value}`);

export const patroniYml = (host: Host, hosts: readonly Host[], { bin, daten }: { bin: string; daten: string }) => `scope: verbundakte
name: ${host.name}
restapi:
  listen: ${host.adresse}:8008
  connect_address: ${host.adresse}:8008
etcd3:
  hosts: ${hosts.map((h) => `${h.adresse}:2379`).join(',')}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    maximum_lag_on_failover: 0
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        synchronous_commit: 'on'
        max_connections: 200
        wal_keep_size: 256MB
        wal_log_hints: 'on'
        tcp_keepalives_idle: 10
        tcp_keepalives_interval: 5
        tcp_keepalives_count: 3
        timezone: UTC
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - data-checksums
postgresql:
  listen: ${host.adresse}:5432
  connect_address: ${host.adresse}:5432
  data_dir: ${daten}
  bin_dir: ${bin}
  pgpass: ${daten}.pgpass
  pg_hba:
    - local all all peer
    - host all all ${host.adresse.replace(/\d+$/, '0')}/24 scram-sha-256
    - host replication replikation ${host.adresse.replace(/\d+$/, '0')}/24 scram-sha-256
  authentication:
    superuser:
      username: postgres
      password: ${KENNWORT}
    replication:
      username: replikation
      password: ${KENNWORT}
    rewind:
      username: postgres
      password: ${KENNWORT}
  parameters:
    unix_socket_directories: ''
`;

/** Beside each api and worker: whoever is the primary, on the own loopback; sessions to one that is no longer are cut. */
export const haproxyCfg = (hosts: readonly Host[]) => `global
  maxconn 500
defaults
  mode tcp
  retries 0
  timeout connect 3s
  timeout client 30m
  timeout server 30m
  timeout check 2s
listen primaer
  bind 127.0.0.1:5000
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${hosts.map((h) => `  server ${h.name} ${h.adresse}:5432 check port 8008`).join('\n')}
`;
