// What a report names as possible causes of a difference.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/functional/sample_case.h"

namespace heyan::functional {

// Of an item whose file is not the recorded one; sorted.
inline std::vector<std::string> causes(const Json& item) {
  std::vector<std::string> list;
  for (const std::string& code : codes_of(item)) {
    if (code.starts_with("LIKELY_") || code == "CONTENT_DIFFERS_CONTAINER_ONLY" ||
        code == "WRONG_FILE_FOR_RECORD") {
      list.push_back(code);
    }
  }
  EXPECT_THAT(codes_of(item), testing::Contains("CONTENT_HASH_DIFFERS"));
  EXPECT_EQ(item["verdict"], "INCONSISTENT");
  return list;
}

// A parameter of a reason.
inline std::string param(const Json& item, const std::string& code, const std::string& name) {
  for (const Json& reason : item["reasons"]) {
    if (reason["code"] == code) return reason["params"].value(name, "none");
  }
  return "none";
}

}  // namespace heyan::functional
