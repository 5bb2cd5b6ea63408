// What judging the excerpt of a party's bundle showed, item by item. Lines with their ends; text
// from outside only as core::visible shows it. Pure, any thread.
#pragma once

#include <span>
#include <string>

#include "gateway/bundle/excerpt.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// Heading, and for each item how many proofs were judged again with the same result, how many were
// not judged here and why, and which gave another result.
std::string describe_again(std::span<const bundle::ItemAgain> items, catalogue::Language language);

std::string excerpt_differs(catalogue::Language language);
std::string excerpt_not_judged(const core::Error& error, catalogue::Language language);
std::string excerpt_judged_otherwise_by(const std::string& version, catalogue::Language language);
// The bonds of a party's copy: there is no record to speak of.
std::string excerpt_bonds_hold(catalogue::Language language);

}  // namespace heyan::cli
