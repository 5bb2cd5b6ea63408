#include "gateway/ops/people.h"

#include <fmt/format.h>

#include "gateway/ops/config_values.h"

namespace heyan::ops {

People read_people(trust::Table& table) {
  People people;
  for (trust::Table& each : table.tables("court")) {
    Court court{.code = each.required_text("code").value_or(""),
                .name = each.required_text("name").value_or(""),
                .assignment = each.boolean("assignment").value_or(false)};
    for (const Court& other : people.courts) {
      if (!court.code.empty() && other.code == court.code)
        each.defect("code", "stands here twice", "Name each court once");
    }
    people.courts.push_back(std::move(court));
  }
  read_number(table, "idle_seconds", kLeastSession, kMostSeconds, people.idle_seconds);
  read_number(table, "session_seconds", kLeastSession, kMostSeconds, people.session_seconds);
  read_number(table, "requests_per_second", 1, kMostRequests, people.requests_per_second);
  read_number(table, "access_hours", 1, kMostAccessHours, people.access_hours);
  return people;
}

std::string to_toml(const People& people) {
  std::string out = fmt::format(
      "\n[people]\nidle_seconds = {}\nsession_seconds = {}\nrequests_per_second = {}\n"
      "access_hours = {}\n",
      people.idle_seconds, people.session_seconds, people.requests_per_second, people.access_hours);
  for (const Court& court : people.courts) {
    out += fmt::format("\n[[people.court]]\ncode = {}\nname = {}\nassignment = {}\n",
                       in_quotes(court.code), in_quotes(court.name), court.assignment);
  }
  return out;
}

}  // namespace heyan::ops
