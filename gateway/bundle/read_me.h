// The page that stands first in a bundle, in both languages: what each file is, and how to re-check
// the whole. It depends on which parts are there and on nothing else; its words are a part of
// "heyan.bundle.v1" and change only with that name, or old bundles would no longer open. Pure.
#pragma once

#include <string>

#include "gateway/bundle/bundle.h"

namespace heyan::bundle {

// `has_log_proof`: log-proof.txt is there.
std::string read_me(const Bundle& bundle, bool has_log_proof);

}  // namespace heyan::bundle
