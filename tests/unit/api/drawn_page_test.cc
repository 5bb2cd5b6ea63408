// Which page an address asks for, and what is said where there is none.
#include "gateway/api/drawn_page.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

std::optional<std::uint32_t> asked(const std::string& query) {
  return page_asked(http::parse_target("/p/name" + query).value());
}

TEST(PageAsked, IsTheFirstUnlessAnotherIs) {
  EXPECT_EQ(asked(""), 1u);
  EXPECT_EQ(asked("?page=1"), 1u);
  EXPECT_EQ(asked("?page=12"), 12u);
  EXPECT_EQ(asked("?page=4294967295"), 4'294'967'295u);
}

TEST(PageAsked, IsOneNumberInOneForm) {
  for (const char* query :
       {"?page=", "?page=0", "?page=01", "?page=-1", "?page=+1", "?page=1.0", "?page=1x",
        "?page=%201", "?page=4294967296", "?page=1&other=2", "?other=1", "?pages=1"}) {
    EXPECT_EQ(asked(query), std::nullopt) << query;
  }
}

TEST(DrawFault, HasAWordOfItsOwn) {
  const auto code = [](v1::DrawFault fault) {
    const http::ProblemDocument document = problem_of(fault);
    EXPECT_EQ(document.problem, http::Problem::kUnsupportedMediaType);
    EXPECT_EQ(document.errors.size(), 1u);
    return document.errors.empty() ? std::string() : document.errors.front().code;
  };
  EXPECT_EQ(code(v1::DRAW_FAULT_UNREADABLE), "pdf-unreadable");
  EXPECT_EQ(code(v1::DRAW_FAULT_PASSWORD), "pdf-password");
  EXPECT_EQ(code(v1::DRAW_FAULT_LIMIT), "pdf-limit");
  EXPECT_EQ(problem_of(v1::DRAW_FAULT_NO_SUCH_PAGE).problem, http::Problem::kNotFound);
}

}  // namespace
}  // namespace heyan::api
