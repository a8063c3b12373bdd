// Catch2 behind one header, so that another version needs a change in one place.
#pragma once

#include <catch2/catch.hpp>
