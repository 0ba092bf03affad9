/// What is written down at each step of a case: one struct for each form. Each is described once, in
/// facts_json.cpp, for reading what comes in, keeping it (sealed) and showing it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "base/result.h"

namespace ballast::casework {

struct AttachmentTag;
using AttachmentId = Id<AttachmentTag>;
using Attachments = std::vector<AttachmentId>;

/// Step 1.
struct Opened {
    std::string reason;
    std::vector<std::string> risks;  // the primary one first
};

struct Investigator {
    std::string name;
    std::string account;       // "" for somebody without one
    std::string post;          // village | work_team | township | county | other
    bool no_relation = false;  // declares to be no relative of the household (回避)
};
struct IncomeTotal {
    std::string item;  // registry::code_of: I1, I2, E1, I3, I4, D1, D2; twelve months
    Money amount;
};
struct Asset {
    std::string kind;  // house | vehicle | machinery | shop | deposit | livestock | other
    std::string description;
    std::optional<Money> value;
};
struct GuaranteeFound {
    std::string item;    // registry codes::guarantee_item
    std::string status;  // secured | at_risk | not_secured | not_applicable
    std::string note;
};
/// Step 2, 《防止返贫动态监测核查表》.
struct Visit {
    Date visited_on;
    std::vector<Investigator> investigators;
    std::vector<IncomeTotal> income;
    std::vector<Asset> assets;
    std::vector<GuaranteeFound> guarantees;
    std::vector<std::string> risks;
    bool risk_confirmed = false;
    bool sudden_event = false;
    bool severe_difficulty = false;
    bool self_coping = false;  // assets, relatives, savings exceed what must be spent
    std::string findings;
    bool signed_by_household = false;
    bool signed_by_investigators = false;
    Attachments photos;
};

struct ConsentParty {
    std::optional<std::int64_t> person;  // a member's; empty for a spouse or supporting child outside
    std::string name;                    // of somebody outside
    std::string id_number;               // of somebody outside
    std::string standing;                // member | spouse | supporting_child
    std::string signed_by;               // self | guardian | agent
    std::string signer;                  // who signed when it was not the person
    Attachments signature;
};
/// Step 3, 承诺授权书.
struct Consent {
    std::vector<ConsentParty> parties;
    std::vector<std::string> items;  // see consent.h
    std::string purpose;
    Date from, to;
    bool promise_of_truth = false;
};

/// One finding of a comparison (domain specification 3.7).
struct Hit {
    std::string rule;      // N1 .. N9
    std::string severity;  // hard | soft
    std::optional<std::int64_t> person;
    std::string summary;
    std::string source;                   // the department
    std::vector<std::int64_t> rows = {};  // of feeds_row, when a sheet says it
};
/// Step 4.
struct Comparison {
    Date compared_on;
    std::vector<std::int64_t> persons;
    std::vector<std::string> items;
    std::vector<Hit> hits;
    std::string note;
};
/// Step 4a. `hit` counts from 0 within the comparison.
struct Explanation {
    std::int64_t hit = 0;
    std::string text;
    Attachments proof;
};
struct Judgement {
    std::int64_t hit = 0;
    bool accepted = false;
    std::string reason;
    bool no_relation = false;
};

/// Step 5, the minutes. Counts of people.
struct Review {
    Date held_on;
    std::string place, chair, recorder;
    std::int64_t entitled = 0;  // representatives who may vote
    std::int64_t present = 0;
    std::int64_t votes_for = 0, votes_against = 0, abstained = 0;
    std::int64_t relatives_present = 0;  // who abstain
    bool comparison_read_out = false;
    std::string minutes;
    std::string reason;  // when it did not pass: what the household is told
    Attachments photos;
};

/// Step 6.
struct Posting {
    Date posted_on;
    std::string hotline;
    std::string place;
    Attachments photos;
    std::string text;   // filled in: the notice as posted, masked
    std::string shown;  // filled in: what it says of the household; when that changes, publicity begins anew
};
struct TakenDown {
    Date taken_down_on;
    Attachments photos;
};
struct Objection {
    std::string text;
    std::string name, phone;  // "" when anonymous
};
struct Inquiry {
    Date inquired_on;
    std::string findings;
    bool no_relation = false;
    Attachments proof;
};

struct SampleVisit {
    Date visited_on;
    std::string findings;
};
/// Step 7.
struct TownshipReview {
    std::string opinion;
    std::optional<SampleVisit> sample_visit;
    bool no_relation = false;
};
/// 补正: what is missing. The clock keeps running.
struct Returned {
    std::vector<std::string> items;
};
struct Corrected {
    std::int64_t item = 0;
    std::string note;
    Attachments proof;
};
/// Step 8.
struct Approval {
    std::string opinion;
    std::string category;
    std::string category_reason;  // when another than proposed
    std::string late_reason;      // when overdue
    bool no_relation = false;
};
/// Step 9.
struct Enrolment {
    Date identified_on;
    std::string helper;  // who is responsible for the household; "" when the register has one
    std::vector<std::string> risks;
    // Filled in.
    std::string category;
    std::optional<Money> line, deducted_per_head;
    std::string pack_hash;
};

/// A refusal, rejection or closing, and what the household is told.
struct Reasoned {
    std::string why;  // of a closing: the code of its reason; else ""
    std::string reason;
    bool no_relation = false;
    Attachments proof;
};
/// 绿色通道: help first.
struct GreenHelp {
    std::string danger;
    std::string help;
    Date helped_on;
    std::string helped_by;
    std::optional<Money> amount;
    Attachments proof;
};
struct Extension {
    std::int64_t days = 0;
    std::string reason;
};

using Facts = std::variant<Opened, Visit, Consent, Comparison, Explanation, Judgement, Review, Posting,
                           TakenDown, Objection, Inquiry, TownshipReview, Returned, Corrected, Approval,
                           Enrolment, Reasoned, GreenHelp, Extension>;

}  // namespace ballast::casework
