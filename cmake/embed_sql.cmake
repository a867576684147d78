# Writes one .cpp that holds a room's migrations as text. Called as: cmake -DROOM= -DOUTPUT= -DFILES="a;b" -P embed_sql.cmake
# File names: NNN_title.sql (both engines), NNN_title.sqlite.sql, NNN_title.postgres.sql (dialect parts, run after the common one).
set(text "#include \"platform/store/migration.h\"\n\nnamespace luytre::${ROOM} {\n\n")
string(APPEND text "const std::vector<store::Migration>& migrations() {\n  static const std::vector<store::Migration> all{\n")
list(SORT FILES)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  file(READ ${file} sql)
  string(APPEND text "      {\"${ROOM}\", \"${name}\", R\"luytre_sql(${sql})luytre_sql\"},\n")
endforeach()
string(APPEND text "  };\n  return all;\n}\n\n}  // namespace luytre::${ROOM}\n")
file(WRITE ${OUTPUT} "${text}")
