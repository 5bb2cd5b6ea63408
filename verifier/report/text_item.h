// The text report's section of one item. Internal to verifier/report.
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/report/text_writer.h"

namespace heyan::report {

// `number`: its place among the items, from 1.
void write_item(TextWriter& out, const v1::ItemReport& item, int number);

}  // namespace heyan::report
