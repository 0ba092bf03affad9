/// Why a decision is what it is, in sentences.
#pragma once

#include <span>
#include <string>

#include "dmn/model.h"
#include "words/words.h"

namespace ballast::dmn_sheets {

/// "no value was given", with where in the model when that is known.
std::string sentence(const feel::Cause& cause, words::Language language);
/// Of a decision, and before it of each that it needs: in a table for each rule whether it matched, and of
/// those that did not the cells that failed (what the column held, what the cell asks, what the inputs that it
/// names are, and why nothing can be said where that is so); of other logic the values that it reads.
/// `facts` are those of the model's inputs.
std::string explanation(const dmn::Model& model, std::size_t decision, std::span<const feel::Value> facts,
                        const feel::Environment& environment, words::Language language);

}  // namespace ballast::dmn_sheets
