// The commands of `luytre`, as plain functions: main.cpp only reads the command line. Each answers the exit code: 0
// done, 1 failed (the reason and what to do is on stderr), 2 the command line was wrong.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace luytre::app {

// What every command that opens a data directory takes.
struct Common {
  std::filesystem::path data = "var";
  std::optional<std::string> db;                // absent: SQLite in the data directory
  std::optional<std::filesystem::path> config;  // TOML; command-line values win
  std::optional<std::filesystem::path> assets;  // the folder with data/ and web/; absent: found
};

struct Serve {
  Common common;
  std::optional<std::string> listen;  // "127.0.0.1:8080"
  std::optional<unsigned> threads;
};
int serve(const Serve& options);

struct Demo {
  Serve serve;
  bool quiet = false;  // for tests: no banner, accounts as JSON in DATA/demo-accounts.json only
  bool plain = false;  // likewise: the province without the story, so that they count what they make
};
int demo(const Demo& options);

int db_migrate(const Common& common);
int db_backup(const Common& common, const std::filesystem::path& file);
int db_restore(const Common& common, const std::filesystem::path& file);

struct UserAdd {
  Common common;
  std::string username, name, role = "administrator";
  std::optional<std::string>
      area;  // "44" or "44/19333": unit codes in force today, from the province down; absent: the whole country
};
int user_add(const UserAdd& options);  // prints a temporary password, once
int user_list(const Common& common);
int user_disable(const Common& common, const std::string& username);

struct Import {
  Common common;
  std::string what;  // visits, encounters, people, places, cases
  std::filesystem::path file;
  std::string format = "csv";
  std::string time_base = "0";
  bool study = false;
  std::optional<std::string> mapping, unit;  // of a line list: a saved mapping's name or a file; whose list it is
};
int import(const Import& options);

struct Trace {
  Common common;
  std::vector<std::string> persons;                    // study data; several: one trace of an outbreak
  std::optional<std::string> from, to;                 // study data
  std::optional<std::string> case_number, as, reason;  // real data
  std::optional<std::string> until;
  std::optional<int> depth;  // absent, like min_overlap: that of the rule set, else the house default
  std::optional<std::string> min_overlap;
  std::optional<std::string> sum_within;  // absent: that of the rule set, else no sums
  std::optional<std::string> rule_set;    // absent: real data: the case's own; study data: none
  std::string format = "table";
  std::optional<std::string> engine;  // "index" or "sql"; absent: index on study data, else sql
  bool back = false;                  // study data: from whom instead of to whom
  std::optional<std::string> since;   // with `back`: how far back; absent: `from`
  std::int64_t most = 0;              // no further level once so many are found; 0: any number
  std::optional<std::string> budget;  // how long it may take; absent: as long as it takes
};
int trace(const Trace& options);

struct Who {
  Common common;
  std::string place, from, to;
  std::string format = "table";
  std::optional<std::string> engine;  // as of Trace
};
int who(const Who& options);  // study data

// What there is to translate of every form and rule set, as files below `out` that are put into data/ when filled in.
int forms_skeleton(const Common& common, const std::string& language, const std::filesystem::path& out);

struct Pairs {
  Common common;
  std::string day;
  std::string by = "kind";  // age, kind, place
  std::optional<std::string> min_overlap;
  std::optional<std::filesystem::path> people;  // by age
  std::size_t most = 20;                        // places
  std::string format = "table";
};
int pairs(const Pairs& options);  // study data

int openapi();  // prints the API description, for the web's generated client

}  // namespace luytre::app
