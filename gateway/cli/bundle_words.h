// What is said of a bundle. Lines with their ends; text from outside only as core::visible shows
// it. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "gateway/bundle/check.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

std::string fault_sentence(const bundle::Fault& fault, catalogue::Language language);
std::string bond_sentence(bundle::Bond bond, catalogue::Language language);  // not of kHolds

std::string bonds_hold(catalogue::Language language);
std::string nobody_signed(catalogue::Language language);
// `name`: of a sealed file in it.
std::string sealed_holds(std::string_view name, catalogue::Language language);
std::string sealed_of_another_report(std::string_view name, catalogue::Language language);
std::string trust_is_yours(catalogue::Language language);
std::string trust_is_another(catalogue::Language language);

std::string judged_the_same(catalogue::Language language);
std::string judged_otherwise(catalogue::Language language);
std::string judged_otherwise_by(const std::string& version, catalogue::Language language);
std::string not_judged(const core::Error& error, catalogue::Language language);
std::string differs_in(const std::string& member, catalogue::Language language);

}  // namespace heyan::cli
