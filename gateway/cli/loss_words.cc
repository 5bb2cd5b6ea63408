#include "gateway/cli/loss_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

// The place of a time that whoever reads this has to fill in.
constexpr std::string_view kUnknownWhen = "YYYY-MM-DDTHH:MM:SS";

std::string_view from(const Loss& loss) { return say(loss.language, loss.from_zh, loss.from_en); }

std::string when(const Loss& loss) {
  if (loss.when.empty()) return {};
  return fmt::format(fmt::runtime(say(loss.language, "（{}）", ", {}")), loss.when);
}

}  // namespace

void say_complete_from(const Loss& loss, core::UtcTime at, Console& console) {
  console.talk(fmt::format(
      fmt::runtime(
          say(loss.language,
              "{0}之后的报告和链上内容在这里已不存在，此后的报告只声明：{1} "
              "以来的报告均已查找有无相同内容；账本的比对自次日（UTC）零时起完整。"
              "更早且仍在此处的，照常查找和比对。",
              "Reports that were issued, and what ledgers showed, after the {0} are not "
              "known here. Reports from now on claim no more than that all others since {1} "
              "were searched for the same content, and that ledgers are compared since the "
              "day after (UTC). What is older and still here is searched as before.")),
      from(loss), core::format_rfc3339(at)));
}

void say_deleted_again(const Loss& loss, const std::vector<std::string>& submissions,
                       Console& console) {
  if (submissions.empty()) return;
  console.talk(fmt::format(
      fmt::runtime(say(loss.language, "{0}之后已删除的 {1} 件提交将在网关启动时再次删除：{2}",
                       "{1} submissions that were deleted after the {0} are deleted again when "
                       "the gateway starts: {2}")),
      from(loss), submissions.size(), fmt::join(submissions, " ")));
}

void say_unasked(const Loss& loss, const std::vector<std::string>& submissions,
                 std::string_view remedy_zh, std::string_view remedy_en, Console& console) {
  if (submissions.empty()) return;
  console.talk(fmt::format(
      fmt::runtime(say(loss.language,
                       "警告：旧日志记载了 {1} "
                       "件提交的删除，但{0}时无人申请删除，或其处于法律保全之中。这些提交保留不动，"
                       "请与法院核对；确应删除的，{2}：{3}",
                       "WARNING: the old log tells of {1} deletions that nobody had asked for when "
                       "the {0} was made, or of what was held then. Those are left. Ask the "
                       "court; where they are right, {2}: {3}")),
      from(loss), submissions.size(), say(loss.language, remedy_zh, remedy_en),
      fmt::join(submissions, " ")));
}

void say_what_to_look_at(const Loss& loss, const std::vector<std::string>& waiting,
                         Console& console) {
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(loss.language, zh, en);
  };
  if (!waiting.empty()) {
    console.talk(fmt::format(
        fmt::runtime(
            in("{0}时已确认删除的 {1} 件提交重新等待 [retention] wait_days 所定的天数：{2}",
               "{1} submissions whose deletion was confirmed when the {0} was made wait "
               "anew, for the days of [retention] wait_days: {2}")),
        from(loss), waiting.size(), fmt::join(waiting, " ")));
  }
  console.talk(fmt::format(
      fmt::runtime(in(
          "警告：法律保全、已撤回的删除申请、案件分派、账号及其权限、密码和动态验证码，均为{0}时{1}"
          "的状态；其后作出或解除的保全、撤回的删除、停用的账号不在其中。所有人须重新登录。"
          "向用户开放网关之前，请用下列命令查看旧审计记录中其后的变更，并逐项重新办理（OLD "
          "为移开的状态目录，或另存的审计记录所在之处）；其余以法院自己的记录为准：",
          "WARNING: legal holds, cancelled deletions, assignments, accounts, their rights, "
          "passwords and second factors are those of the time of the {0}{1}. Holds that were "
          "placed or released since, deletions that were cancelled and accounts that were disabled "
          "are not known here. Everybody signs in again. Before you open the gateway to people, "
          "see what was changed since in the old audit trails, where OLD is the state folder that "
          "you moved aside, or wherever a copy of its trails is, and have it done again; what "
          "these do not have, the court's own notes tell:")),
      from(loss), when(loss)));
  console.talk(fmt::format(
      R"jq(  jq -c 'select(.at >= "{}" and .outcome == "done" and (.event | test("^(held|released|)jq"
      R"jq(deletion-|assigned|unassigned|account-|password-|second-factor-)")))' )jq"
      "OLD/audit/front/*.jsonl OLD/audit/accounts/*.jsonl",
      loss.when.empty() ? kUnknownWhen
                        : std::string_view(loss.when).substr(0, kUnknownWhen.size())));
  console.talk(in("网关现有的账号：", "The accounts that the gateway has now:"));
  console.talk("  heyan accounts list --config " + core::visible(loss.config.string(), 1000));
  console.talk(
      in("现有的保全和待删除的提交：在案件列表中按“删除与保全”筛选（GET "
         "/v1/submissions?deletion=HELD 和 deletion=CONFIRMED）。",
         "The holds and deletions that it has now: the court's worklists, by \"Deletion and hold\" "
         "(GET "
         "/v1/submissions?deletion=HELD and deletion=CONFIRMED)."));
}

}  // namespace heyan::cli
