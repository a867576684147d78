#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"
#include "platform/base/log.h"

namespace luytre::app {

int openapi() {
  log::set_level("error");
  // The routes come from the rooms, so the rooms are built, over a database that is thrown away.
  std::string folder = (std::filesystem::temp_directory_path() / "luytre-openapi-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  {
    Common common;
    common.data = folder;
    House house(read_settings(common));
    std::cout << house.router.openapi("Lũy Tre", "0.1.0") << '\n';
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace luytre::app
