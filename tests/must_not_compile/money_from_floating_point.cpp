// refused: conversion from 'double' to non-scalar type|could not convert
#include "base/money.h"

using ballast::Money;

#ifdef CONTROL
Money amount = Money::fen(123456);
#else
Money amount = 1234.56;
#endif
