// refused: is private within this context
#include "base/bank_card.h"

#ifdef CONTROL
std::string card() { return ballast::BankCard::parse("4111111111111111").value().masked(); }
#else
std::string card() { return ballast::BankCard{}.masked(); }
#endif
