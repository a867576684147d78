// luytre: the server and its command line.

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "apps/luytre/commands.h"
#include "platform/base/usage_error.h"
#include "platform/store/database.h"

namespace {

using namespace luytre::app;

void add_common(CLI::App& command, Common& common) {
  command.add_option("--data", common.data, "Data directory (database, keys, rejects)")->capture_default_str();
  command.add_option("--db", common.db,
                     "Database URL: sqlite:FILE or postgresql://…; default: SQLite in the data directory");
  command.add_option("--config", common.config, "Configuration file (TOML); what the command line says wins")
      ->check(CLI::ExistingFile);
  command.add_option("--assets", common.assets, "Folder that holds data/ and web/; default: found beside the program")
      ->check(CLI::ExistingDirectory);
}

void add_serve(CLI::App& command, Serve& options) {
  add_common(command, options.common);
  command.add_option("--listen", options.listen, "Address and port, e.g. 127.0.0.1:8080 or [::1]:8080");
  command.add_option("--threads", options.threads, "Threads that serve HTTP; default: one a core")
      ->check(CLI::Range(1U, 256U));
}

int run(int count, char** words) {
  CLI::App app("Lũy Tre, the open epidemic-response platform", "luytre");
  app.require_subcommand(1);
  int code = 0;

  Serve serve_options;
  auto* serve_command = app.add_subcommand("serve", "Serve the API and the web apps until interrupted");
  add_serve(*serve_command, serve_options);
  serve_command->callback([&] { code = serve(serve_options); });

  Demo demo_options;
  auto* demo_command = app.add_subcommand("demo", "Load a demonstration province and serve it, on this machine only");
  add_serve(*demo_command, demo_options.serve);
  demo_command->add_flag("--quiet", demo_options.quiet, "Print no banner");
  demo_command->add_flag("--plain", demo_options.plain, "Load the province alone, without the story of an outbreak");
  demo_command->callback([&] { code = demo(demo_options); });

  Common db_common;
  std::filesystem::path file;
  auto* db_command = app.add_subcommand("db", "Look after the database");
  db_command->require_subcommand(1);
  auto* migrate_command =
      db_command->add_subcommand("migrate", "Bring the schema up to this program, after an automatic backup");
  add_common(*migrate_command, db_common);
  migrate_command->callback([&] { code = db_migrate(db_common); });
  auto* backup_command = db_command->add_subcommand("backup", "Write a backup while the server runs");
  add_common(*backup_command, db_common);
  backup_command->add_option("FILE", file, "Where to write it")->required();
  backup_command->callback([&] { code = db_backup(db_common, file); });
  auto* restore_command = db_command->add_subcommand("restore", "Put a backup in place; the server must not run");
  add_common(*restore_command, db_common);
  restore_command->add_option("FILE", file, "The backup")->required()->check(CLI::ExistingFile);
  restore_command->callback([&] { code = db_restore(db_common, file); });

  UserAdd user_options;
  std::string username;
  auto* user_command = app.add_subcommand("user", "Look after officers' accounts");
  user_command->require_subcommand(1);
  auto* add_command =
      user_command->add_subcommand("add", "Make an officer's account; prints a temporary password once");
  add_common(*add_command, user_options.common);
  add_command->add_option("USERNAME", user_options.username)->required();
  add_command->add_option("--name", user_options.name, "The officer's name or desk")->required();
  add_command
      ->add_option("--role", user_options.role,
                   "stationOfficer, districtOfficer, provinceOfficer, commander, auditor, administrator, tracer, "
                   "informationOffice or siteKeeper")
      ->capture_default_str();
  add_command->add_option(
      "--area", user_options.area,
      "Unit codes in force today, from the province down, e.g. 44 or 44/19333; default: the whole country");
  add_command->callback([&] { code = user_add(user_options); });
  auto* list_command = user_command->add_subcommand("list", "List officers' accounts");
  add_common(*list_command, user_options.common);
  list_command->callback([&] { code = user_list(user_options.common); });
  auto* disable_command = user_command->add_subcommand("disable", "Disable an officer's account and end its sessions");
  add_common(*disable_command, user_options.common);
  disable_command->add_option("USERNAME", username)->required();
  disable_command->callback([&] { code = user_disable(user_options.common, username); });

  Import import_options;
  auto* import_command = app.add_subcommand("import", "Import visits, encounters, people, places or cases from a file");
  add_common(*import_command, import_options.common);
  import_command->add_option("WHAT", import_options.what, "visits, encounters, people, places or cases")
      ->required()
      ->check(CLI::IsMember({"visits", "encounters", "people", "places", "cases"}));
  import_command->add_option("FILE", import_options.file, "The file; .gz is unpacked on the way")
      ->required()
      ->check(CLI::ExistingFile);
  import_command->add_option("--format", import_options.format)
      ->check(CLI::IsMember({"csv", "sociopatterns", "haslemere"}))
      ->capture_default_str();
  import_command->add_flag("--study", import_options.study,
                           "Mark a whole, empty data directory as study data: no retention, no sign-in, no messages");
  import_command
      ->add_option("--time-base", import_options.time_base,
                   "Instant that relative times are added to: ISO-8601 or epoch seconds")
      ->capture_default_str();
  import_command->add_option("--mapping", import_options.mapping,
                             "A line list of cases: a mapping that the unit saved, a file of one, or \"known\"");
  import_command->add_option("--unit", import_options.unit, "Whose line list it is: the code of a province or commune");
  import_command->callback([&] { code = import(import_options); });

  Trace trace_options;
  auto* trace_command = app.add_subcommand("trace", "Who was exposed, with the evidence");
  add_common(*trace_command, trace_options.common);
  trace_command->add_option("--person", trace_options.persons,
                            "Study data: the case, by the id it was imported with; several cases: say it again");
  trace_command->add_option("--from", trace_options.from, "Study data: infectious from (ISO-8601 or epoch seconds)");
  trace_command->add_option("--to", trace_options.to, "Study data: infectious until");
  trace_command->add_option("--case", trace_options.case_number, "Real data: the case, by id or number");
  trace_command->add_option("--as", trace_options.as, "Real data: the officer who asks, by user name");
  trace_command->add_option("--reason", trace_options.reason, "Real data: why; goes into the access log");
  trace_command->add_option("--until", trace_options.until,
                            "How long contacts count as exposed; default: --to, or now");
  trace_command->add_option("--depth", trace_options.depth, "Levels of contacts; default: the rule set's, else 1")
      ->check(CLI::Range(1, 4));
  trace_command->add_option("--min-overlap", trace_options.min_overlap,
                            "Shortest shared time, e.g. 15m or 20s; default: the rule set's, else 15m");
  trace_command->add_option("--sum-within", trace_options.sum_within,
                            "Count all meetings of the same two people within so long together, e.g. 24h; default: the "
                            "rule set's, else each meeting must last by itself");
  trace_command->add_option("--rule-set", trace_options.rule_set,
                            "Rule set by id; default: that of the case, on study data none");
  trace_command->add_option("--format", trace_options.format)
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  trace_command
      ->add_option(
          "--engine", trace_options.engine,
          "What answers: the presence index (the default on study data) or SQL (on real data); both answer the "
          "same")
      ->check(CLI::IsMember({"index", "sql"}));
  trace_command->add_flag("--back", trace_options.back,
                          "Study data: from whom may the person have it, who caught it between --from and --to");
  trace_command->add_option("--since", trace_options.since, "With --back: how far back to look; default: --from");
  trace_command->add_option("--most", trace_options.most, "Search no further level once so many people are found")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  trace_command->add_option("--budget", trace_options.budget,
                            "How long it may take, e.g. 5s; a level that this does not suffice for is left out");
  trace_command->callback([&] { code = trace(trace_options); });

  Who who_options;
  auto* who_command = app.add_subcommand("who", "Study data: who was at a place, with zones and times");
  add_common(*who_command, who_options.common);
  who_command->add_option("--place", who_options.place, "The place, by the id it was imported with")->required();
  who_command->add_option("--from", who_options.from, "From when (ISO-8601 or epoch seconds)")->required();
  who_command->add_option("--to", who_options.to, "Until when")->required();
  who_command->add_option("--format", who_options.format)
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  who_command->add_option("--engine", who_options.engine, "What answers, as for trace")
      ->check(CLI::IsMember({"index", "sql"}));
  who_command->callback([&] { code = who(who_options); });

  Common forms_common;
  std::string language;
  std::filesystem::path out = "translations";
  auto* forms_command = app.add_subcommand("forms", "Look after the forms");
  forms_command->require_subcommand(1);
  auto* skeleton_command = forms_command->add_subcommand(
      "skeleton", "Write what there is to translate of every form and rule set, and what is translated already");
  skeleton_command->add_option("--assets", forms_common.assets, "Folder that holds data/; default: beside the program")
      ->check(CLI::ExistingDirectory);
  skeleton_command->add_option("LANGUAGE", language, "Its code in data/languages.json, e.g. lo")->required();
  skeleton_command->add_option("--out", out, "Where to write them; they are read from data/")->capture_default_str();
  skeleton_command->callback([&] { code = forms_skeleton(forms_common, language, out); });
  Pairs pairs_options;
  auto* pairs_command = app.add_subcommand(
      "pairs", "Study data: how much people meet on a day, by age or kind of place, and at which places most");
  add_common(*pairs_command, pairs_options.common);
  pairs_command->add_option("--day", pairs_options.day, "The day, from one UTC midnight to the next")->required();
  pairs_command
      ->add_option("--by", pairs_options.by,
                   "age: contact matrices by ten years of age, for each kind of place; kind: of place; place: the "
                   "busiest ones")
      ->check(CLI::IsMember({"age", "kind", "place"}))
      ->capture_default_str();
  pairs_command->add_option("--min-overlap", pairs_options.min_overlap,
                            "Shortest shared time, e.g. 15m or 20s; default: 15m");
  pairs_command->add_option("--people", pairs_options.people, "By age: the file of people with their birthYear")
      ->check(CLI::ExistingFile);
  pairs_command->add_option("--most", pairs_options.most, "How many places")->capture_default_str();
  pairs_command->add_option("--format", pairs_options.format)
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  pairs_command->callback([&] { code = pairs(pairs_options); });

  app.add_subcommand("openapi", "Print the API's OpenAPI description")->callback([&] { code = openapi(); });

  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 2;
  }
  return code;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(count, words);
  } catch (const luytre::UsageError& wrong) {
    std::cerr << "luytre: " << wrong.what() << '\n';
    return 2;
  } catch (const std::exception& fault) {
    std::cerr << "luytre: " << fault.what() << '\n';
    return 1;
  }
}
