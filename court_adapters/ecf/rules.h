// What is checked of every message: its schema, and what the library that reads schemas does not.
// Internal to court_adapters/ecf.
#pragma once

#include "court_adapters/ecf/defects.h"
#include "court_adapters/ecf/names.h"

namespace heyan::court_adapters::ecf {

void check_schema(const markup::Element& operation, const markup::Element& root, const Names& names,
                  Defects& defects);

// References, base64, closed code lists, the profile.
void check_rules(const markup::Element& operation, const markup::Element& root, const Names& names,
                 Defects& defects);

}  // namespace heyan::court_adapters::ecf
