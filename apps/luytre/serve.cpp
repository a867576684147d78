#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/run_house.h"
#include "platform/base/log.h"
#include "platform/http/router.h"

namespace luytre::app {

int serve(const Serve& options) {
  block_stop_signals();
  const Settings settings = read_settings(options.common, &options);
  log::set_level(settings.log_level);
  House house(settings);
  run_house(house, [&](std::uint16_t) {
    if (const auto token = house.identity.officers.setup_token()) {
      std::cout << "There is no officer yet. Open " << settings.public_url << "/console/setup and enter this token:\n  "
                << *token << "\nor run: luytre user add NAME --name \"…\"" << std::endl;
    }
  });
  return 0;
}

}  // namespace luytre::app
