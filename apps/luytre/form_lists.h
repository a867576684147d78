// The lists that forms name and rooms keep: the points of entry.

#pragma once

#include "modules/declarations/declarations.h"
#include "modules/places/places.h"

namespace luytre::app {

declarations::Declarations::Lists form_lists(const places::Places& places);

}  // namespace luytre::app
