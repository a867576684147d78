#include "platform/base/run.h"

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace luytre {

void run(Task<void> task) {
  boost::asio::io_context io(1);
  std::exception_ptr fault;
  boost::asio::co_spawn(io.get_executor(), std::move(task), [&](std::exception_ptr e) { fault = e; });
  io.run();
  if (fault) std::rethrow_exception(fault);
}

}  // namespace luytre
