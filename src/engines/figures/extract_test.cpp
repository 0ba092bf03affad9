#include "figures/extract.h"

#include <gtest/gtest.h>
