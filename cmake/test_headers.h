// As headers.h, for test programs.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cmake/headers.h"
