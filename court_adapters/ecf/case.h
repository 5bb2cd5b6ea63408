// Court, case and parties, as a message declares them. Internal to court_adapters/ecf.
#pragma once

#include "court_adapters/ecf/defects.h"
#include "court_adapters/ecf/names.h"

namespace heyan::court_adapters::ecf {

void read_case(const markup::Element& root, const Names& names, const core::Limits& limits,
               v1::Submission& submission, Defects& defects);

bool has_party(const v1::Submission& submission, std::string_view id);

// nc:Case, or (4.01) the kind of case that stands in its place.
markup::Element case_of(const markup::Element& root, const Names& names);
std::string case_number(const markup::Element& of, const Names& names);

}  // namespace heyan::court_adapters::ecf
