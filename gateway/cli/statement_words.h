// What a scanned statement says. Pure, any thread.
#pragma once

#include <string>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/statement.h"

namespace heyan::cli {

// Lines end with "\n". Of a statement that is not valid nothing is repeated.
std::string statement_text(const report::StatementVerdict& verdict, catalogue::Language language);

}  // namespace heyan::cli
