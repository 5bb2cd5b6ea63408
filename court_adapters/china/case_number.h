// Case numbers of Chinese courts: （2026）京0491民初1234号之一.
//
// Source: 法〔2015〕137号 as amended by 法〔2018〕335号 (案号若干规定): year in brackets, court, at
// most one special character, type of at most three characters, sequence, 号, 之一 and so on. Pure,
// any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "court_adapters/china/checked.h"

namespace heyan::court_adapters::china {

struct CaseNumber : Checked {
  int year = 0;
  std::string court;    // "京0491", "最高法"; of a number before 2016: everything up to 字第
  std::string special;  // "知", or empty
  std::string type;     // "民初"; empty before 2016
  std::uint32_t sequence = 0;
  std::string suffix;  // "之一", or empty
};

// `at_ms`: the time of reading (UTC, milliseconds); no year after that of Beijing is valid then.
//
// Normal form: the official fullwidth brackets, ASCII digits. Either pair of brackets is valid;
// normalised (code "not-normal") are fullwidth digits, a mixed pair, blanks around.
// Warnings: "unknown-case-type"; "legacy-case-number" (字第, up to 2015: a reference to an old
// case, never the number of a new one). Invalid: "bad-case-number".
CaseNumber read_case_number(std::string_view text, std::int64_t at_ms);

}  // namespace heyan::court_adapters::china
