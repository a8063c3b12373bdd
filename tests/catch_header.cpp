// CMake makes the precompiled header of a target only for a source that uses it: this one.
#include "catch.h"
