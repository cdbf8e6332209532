import pg from 'pg';

/** The database roles (ARCHITECTURE.md, Processes). `password` undefined: the role is left to log in by other means (peer, certificate). */
export const databaseRoles = ['va_owner', 'va_app', 'va_worker'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** The SQL that a superuser runs once per cluster; repeatable. */
export function rolesSql(passwordOf: (role: DatabaseRole) => string | undefined): string {
  const login = (role: DatabaseRole, options: string) => {
    const password = passwordOf(role);
    return `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if; end $$;
alter role ${role} login ${options} nosuperuser nobypassrls nocreaterole${password === undefined ? '' : ` password ${pg.escapeLiteral(password)}`};`;
  };
  return [
    '-- va_owner owns schemas and tables and runs the migrations', login('va_owner', 'createdb'),
    '-- va_app owns nothing and bypasses nothing: all requests and all job transactions', login('va_app', 'nocreatedb'),
    '-- va_worker owns the queue and fetches jobs', login('va_worker', 'nocreatedb'),
    '-- va_suche owns the search function alone: it reads below row level security, which would switch the text index off',
    "do $$ begin if not exists (select from pg_roles where rolname = 'va_suche') then create role va_suche; end if; end $$;",
    'alter role va_suche nologin bypassrls nosuperuser nocreaterole nocreatedb;',
    '-- the database’s own log holds no content: its errors quote what was sent (a Betreff, a whole row), and the program tells each of them by its code',
    ...databaseRoles.flatMap((role) => Object.entries({ log_min_messages: 'log', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_parameter_max_length_on_error: '0' }).map(([name, value]) => `alter role ${role} set ${name} = '${value}';`)),
    '-- no transaction waits for anything but the database: one that stands still for so long is of a process that is frozen, and would keep everybody’s seal and clean-up waiting',
    "alter role va_app set idle_in_transaction_session_timeout = '5min';",
    '-- so that a migration may hand functions to their owners',
    'grant va_worker to va_owner;', 'grant va_suche to va_owner;', '',
  ].join('\n');
}
