/**
 * The words of the pipeline, and short names of the rules, in the user's language; words it shares with the panel are in `cosellLabels`.
 * Must not know which component shows what.
 */
import PIPELINE_ADVICE from '@salesforce/label/c.Cosell_Pipeline_Advice';
import PIPELINE_ALIKE_MANY from '@salesforce/label/c.Cosell_Pipeline_Alike_Many';
import PIPELINE_ALIKE_ONE from '@salesforce/label/c.Cosell_Pipeline_Alike_One';
import PIPELINE_ALL from '@salesforce/label/c.Cosell_Pipeline_All';
import PIPELINE_AS_CHART from '@salesforce/label/c.Cosell_Pipeline_As_Chart';
import PIPELINE_AS_TABLE from '@salesforce/label/c.Cosell_Pipeline_As_Table';
import PIPELINE_ASKS_MANY from '@salesforce/label/c.Cosell_Pipeline_Asks_Many';
import PIPELINE_ASKS_ONE from '@salesforce/label/c.Cosell_Pipeline_Asks_One';
import PIPELINE_BY_RULE from '@salesforce/label/c.Cosell_Pipeline_By_Rule';
import PIPELINE_CANCELLING from '@salesforce/label/c.Cosell_Pipeline_Cancelling';
import PIPELINE_CHOICE from '@salesforce/label/c.Cosell_Pipeline_Choice';
import PIPELINE_CLEAR from '@salesforce/label/c.Cosell_Pipeline_Clear';
import PIPELINE_COUNT from '@salesforce/label/c.Cosell_Pipeline_Count';
import PIPELINE_CUSTOMER from '@salesforce/label/c.Cosell_Pipeline_Customer';
import PIPELINE_EMPTY from '@salesforce/label/c.Cosell_Pipeline_Empty';
import PIPELINE_EMPTY_HINT from '@salesforce/label/c.Cosell_Pipeline_Empty_Hint';
import PIPELINE_ENDED from '@salesforce/label/c.Cosell_Pipeline_Ended';
import PIPELINE_FEWER from '@salesforce/label/c.Cosell_Pipeline_Fewer';
import PIPELINE_FINDING from '@salesforce/label/c.Cosell_Pipeline_Finding';
import PIPELINE_FINDING_ANY from '@salesforce/label/c.Cosell_Pipeline_Finding_Any';
import PIPELINE_ITEM_BLOCKED from '@salesforce/label/c.Cosell_Pipeline_Item_Blocked';
import PIPELINE_ITEM_CONFLICT from '@salesforce/label/c.Cosell_Pipeline_Item_Conflict';
import PIPELINE_ITEM_FAILED from '@salesforce/label/c.Cosell_Pipeline_Item_Failed';
import PIPELINE_ITEM_LATER from '@salesforce/label/c.Cosell_Pipeline_Item_Later';
import PIPELINE_ITEM_LEFT from '@salesforce/label/c.Cosell_Pipeline_Item_Left';
import PIPELINE_ITEM_LEFT_WHY from '@salesforce/label/c.Cosell_Pipeline_Item_Left_Why';
import PIPELINE_ITEM_PAUSED from '@salesforce/label/c.Cosell_Pipeline_Item_Paused';
import PIPELINE_ITEM_PRIVATE from '@salesforce/label/c.Cosell_Pipeline_Item_Private';
import PIPELINE_ITEM_SENDING from '@salesforce/label/c.Cosell_Pipeline_Item_Sending';
import PIPELINE_ITEM_WAITING from '@salesforce/label/c.Cosell_Pipeline_Item_Waiting';
import PIPELINE_LIST from '@salesforce/label/c.Cosell_Pipeline_List';
import PIPELINE_MISSING from '@salesforce/label/c.Cosell_Pipeline_Missing';
import PIPELINE_MORE from '@salesforce/label/c.Cosell_Pipeline_More';
import PIPELINE_NAME from '@salesforce/label/c.Cosell_Pipeline_Name';
import PIPELINE_NEXT from '@salesforce/label/c.Cosell_Pipeline_Next';
import PIPELINE_NO_MATCH from '@salesforce/label/c.Cosell_Pipeline_No_Match';
import PIPELINE_NOTHING_BLOCKS from '@salesforce/label/c.Cosell_Pipeline_Nothing_Blocks';
import PIPELINE_OF from '@salesforce/label/c.Cosell_Pipeline_Of';
import PIPELINE_OWNER from '@salesforce/label/c.Cosell_Pipeline_Owner';
import PIPELINE_OWNER_ALL from '@salesforce/label/c.Cosell_Pipeline_Owner_All';
import PIPELINE_OWNER_MINE from '@salesforce/label/c.Cosell_Pipeline_Owner_Mine';
import PIPELINE_PAGES from '@salesforce/label/c.Cosell_Pipeline_Pages';
import PIPELINE_PREVIOUS from '@salesforce/label/c.Cosell_Pipeline_Previous';
import PIPELINE_PRIVATE_MANY from '@salesforce/label/c.Cosell_Pipeline_Private_Many';
import PIPELINE_PRIVATE_ONE from '@salesforce/label/c.Cosell_Pipeline_Private_One';
import PIPELINE_RANGE from '@salesforce/label/c.Cosell_Pipeline_Range';
import PIPELINE_READINESS from '@salesforce/label/c.Cosell_Pipeline_Readiness';
import PIPELINE_READING from '@salesforce/label/c.Cosell_Pipeline_Reading';
import PIPELINE_REFRESH from '@salesforce/label/c.Cosell_Pipeline_Refresh';
import PIPELINE_RESULTS from '@salesforce/label/c.Cosell_Pipeline_Results';
import PIPELINE_RETRY_ALL from '@salesforce/label/c.Cosell_Pipeline_Retry_All';
import PIPELINE_RUNNING from '@salesforce/label/c.Cosell_Pipeline_Running';
import PIPELINE_SEARCH from '@salesforce/label/c.Cosell_Pipeline_Search';
import PIPELINE_SEARCH_HINT from '@salesforce/label/c.Cosell_Pipeline_Search_Hint';
import PIPELINE_SELECT from '@salesforce/label/c.Cosell_Pipeline_Select';
import PIPELINE_SELECT_ALL from '@salesforce/label/c.Cosell_Pipeline_Select_All';
import PIPELINE_SELECTED_MANY from '@salesforce/label/c.Cosell_Pipeline_Selected_Many';
import PIPELINE_SELECTED_NONE from '@salesforce/label/c.Cosell_Pipeline_Selected_None';
import PIPELINE_SELECTED_ONE from '@salesforce/label/c.Cosell_Pipeline_Selected_One';
import PIPELINE_SHARE from '@salesforce/label/c.Cosell_Pipeline_Share';
import PIPELINE_SHARES_CO_SELL from '@salesforce/label/c.Cosell_Pipeline_Shares_Co_Sell';
import PIPELINE_SHARES_PRIVATE from '@salesforce/label/c.Cosell_Pipeline_Shares_Private';
import PIPELINE_SHARES_VISIBLE from '@salesforce/label/c.Cosell_Pipeline_Shares_Visible';
import PIPELINE_SHOW_ALL from '@salesforce/label/c.Cosell_Pipeline_Show_All';
import PIPELINE_SORT from '@salesforce/label/c.Cosell_Pipeline_Sort';
import PIPELINE_STATE from '@salesforce/label/c.Cosell_Pipeline_State';
import PIPELINE_STATE_BLOCKED from '@salesforce/label/c.Cosell_Pipeline_State_Blocked';
import PIPELINE_STATE_READY from '@salesforce/label/c.Cosell_Pipeline_State_Ready';
import PIPELINE_STATE_READY_ONE from '@salesforce/label/c.Cosell_Pipeline_State_Ready_One';
import PIPELINE_STATE_SHARED from '@salesforce/label/c.Cosell_Pipeline_State_Shared';
import PIPELINE_STOPPED from '@salesforce/label/c.Cosell_Pipeline_Stopped';
import PIPELINE_TITLE from '@salesforce/label/c.Cosell_Pipeline_Title';
import PIPELINE_TO_MEND from '@salesforce/label/c.Cosell_Pipeline_To_Mend';
import PIPELINE_TOO_MANY from '@salesforce/label/c.Cosell_Pipeline_Too_Many';
import PIPELINE_UNREADABLE from '@salesforce/label/c.Cosell_Pipeline_Unreadable';
import PIPELINE_VISIBLE_MANY from '@salesforce/label/c.Cosell_Pipeline_Visible_Many';
import PIPELINE_VISIBLE_ONE from '@salesforce/label/c.Cosell_Pipeline_Visible_One';
import PIPELINE_WITH_COUNT from '@salesforce/label/c.Cosell_Pipeline_With_Count';
import RULE_ALIKE from '@salesforce/label/c.Cosell_Rule_Alike';
import RULE_AMOUNT from '@salesforce/label/c.Cosell_Rule_Amount';
import RULE_ANSWER from '@salesforce/label/c.Cosell_Rule_Answer';
import RULE_ASSESSMENT from '@salesforce/label/c.Cosell_Rule_Assessment';
import RULE_CLOSE_DATE from '@salesforce/label/c.Cosell_Rule_Close_Date';
import RULE_CLOSED from '@salesforce/label/c.Cosell_Rule_Closed';
import RULE_CONSENT from '@salesforce/label/c.Cosell_Rule_Consent';
import RULE_CONSENT_CONTACT from '@salesforce/label/c.Cosell_Rule_Consent_Contact';
import RULE_CONTACT from '@salesforce/label/c.Cosell_Rule_Contact';
import RULE_COUNTRY from '@salesforce/label/c.Cosell_Rule_Country';
import RULE_CURRENCY from '@salesforce/label/c.Cosell_Rule_Currency';
import RULE_CUSTOMER from '@salesforce/label/c.Cosell_Rule_Customer';
import RULE_FEDERAL from '@salesforce/label/c.Cosell_Rule_Federal';
import RULE_HELP from '@salesforce/label/c.Cosell_Rule_Help';
import RULE_HELP_KEPT from '@salesforce/label/c.Cosell_Rule_Help_Kept';
import RULE_INVITE from '@salesforce/label/c.Cosell_Rule_Invite';
import RULE_LISTS from '@salesforce/label/c.Cosell_Rule_Lists';
import RULE_MARKETPLACE from '@salesforce/label/c.Cosell_Rule_Marketplace';
import RULE_MATCHING from '@salesforce/label/c.Cosell_Rule_Matching';
import RULE_NAME from '@salesforce/label/c.Cosell_Rule_Name';
import RULE_NOTES from '@salesforce/label/c.Cosell_Rule_Notes';
import RULE_ON_HOLD from '@salesforce/label/c.Cosell_Rule_On_Hold';
import RULE_OTHER_PARTNER from '@salesforce/label/c.Cosell_Rule_Other_Partner';
import RULE_REACHABLE from '@salesforce/label/c.Cosell_Rule_Reachable';
import RULE_REASON from '@salesforce/label/c.Cosell_Rule_Reason';
import RULE_SERVICES from '@salesforce/label/c.Cosell_Rule_Services';
import RULE_SHARER from '@salesforce/label/c.Cosell_Rule_Sharer';
import RULE_SMALL from '@salesforce/label/c.Cosell_Rule_Small';
import RULE_SOLUTION_AREA from '@salesforce/label/c.Cosell_Rule_Solution_Area';
import RULE_SOLUTIONS from '@salesforce/label/c.Cosell_Rule_Solutions';
import RULE_SOLUTIONS_READY from '@salesforce/label/c.Cosell_Rule_Solutions_Ready';
import RULE_STATUS from '@salesforce/label/c.Cosell_Rule_Status';
import RULE_TEAM from '@salesforce/label/c.Cosell_Rule_Team';
import RULE_VISIBILITY from '@salesforce/label/c.Cosell_Rule_Visibility';
import RULE_VISIBILITY_KEPT from '@salesforce/label/c.Cosell_Rule_Visibility_Kept';
import RULE_WON from '@salesforce/label/c.Cosell_Rule_Won';

/** Every word of the pipeline that no other component shows. */
export const PIPELINE_LABELS = Object.freeze({
    advice: PIPELINE_ADVICE,
    alikeMany: PIPELINE_ALIKE_MANY,
    alikeOne: PIPELINE_ALIKE_ONE,
    all: PIPELINE_ALL,
    asChart: PIPELINE_AS_CHART,
    asTable: PIPELINE_AS_TABLE,
    asksMany: PIPELINE_ASKS_MANY,
    asksOne: PIPELINE_ASKS_ONE,
    byRule: PIPELINE_BY_RULE,
    cancelling: PIPELINE_CANCELLING,
    choice: PIPELINE_CHOICE,
    clear: PIPELINE_CLEAR,
    count: PIPELINE_COUNT,
    customer: PIPELINE_CUSTOMER,
    empty: PIPELINE_EMPTY,
    emptyHint: PIPELINE_EMPTY_HINT,
    ended: PIPELINE_ENDED,
    fewer: PIPELINE_FEWER,
    finding: PIPELINE_FINDING,
    findingAny: PIPELINE_FINDING_ANY,
    itemBlocked: PIPELINE_ITEM_BLOCKED,
    itemConflict: PIPELINE_ITEM_CONFLICT,
    itemFailed: PIPELINE_ITEM_FAILED,
    itemLater: PIPELINE_ITEM_LATER,
    itemLeft: PIPELINE_ITEM_LEFT,
    itemLeftWhy: PIPELINE_ITEM_LEFT_WHY,
    itemPaused: PIPELINE_ITEM_PAUSED,
    itemPrivate: PIPELINE_ITEM_PRIVATE,
    itemSending: PIPELINE_ITEM_SENDING,
    itemWaiting: PIPELINE_ITEM_WAITING,
    list: PIPELINE_LIST,
    missing: PIPELINE_MISSING,
    more: PIPELINE_MORE,
    name: PIPELINE_NAME,
    next: PIPELINE_NEXT,
    noMatch: PIPELINE_NO_MATCH,
    nothingBlocks: PIPELINE_NOTHING_BLOCKS,
    of: PIPELINE_OF,
    owner: PIPELINE_OWNER,
    ownerAll: PIPELINE_OWNER_ALL,
    ownerMine: PIPELINE_OWNER_MINE,
    pages: PIPELINE_PAGES,
    previous: PIPELINE_PREVIOUS,
    privateMany: PIPELINE_PRIVATE_MANY,
    privateOne: PIPELINE_PRIVATE_ONE,
    range: PIPELINE_RANGE,
    reading: PIPELINE_READING,
    readiness: PIPELINE_READINESS,
    refresh: PIPELINE_REFRESH,
    results: PIPELINE_RESULTS,
    retryAll: PIPELINE_RETRY_ALL,
    running: PIPELINE_RUNNING,
    search: PIPELINE_SEARCH,
    searchHint: PIPELINE_SEARCH_HINT,
    select: PIPELINE_SELECT,
    selectAll: PIPELINE_SELECT_ALL,
    selectedMany: PIPELINE_SELECTED_MANY,
    selectedNone: PIPELINE_SELECTED_NONE,
    selectedOne: PIPELINE_SELECTED_ONE,
    share: PIPELINE_SHARE,
    sharesCoSell: PIPELINE_SHARES_CO_SELL,
    sharesPrivate: PIPELINE_SHARES_PRIVATE,
    sharesVisible: PIPELINE_SHARES_VISIBLE,
    showAll: PIPELINE_SHOW_ALL,
    sort: PIPELINE_SORT,
    state: PIPELINE_STATE,
    stateBlocked: PIPELINE_STATE_BLOCKED,
    stateReady: PIPELINE_STATE_READY,
    stateReadyOne: PIPELINE_STATE_READY_ONE,
    stateShared: PIPELINE_STATE_SHARED,
    stopped: PIPELINE_STOPPED,
    toMend: PIPELINE_TO_MEND,
    title: PIPELINE_TITLE,
    tooMany: PIPELINE_TOO_MANY,
    unreadable: PIPELINE_UNREADABLE,
    visibleMany: PIPELINE_VISIBLE_MANY,
    visibleOne: PIPELINE_VISIBLE_ONE,
    withCount: PIPELINE_WITH_COUNT
});

/** Short names of the rules by their number in the rule book, as far as they speak of what a seller sees. */
export const RULE_LABELS = Object.freeze({
    3: RULE_STATUS,
    4: RULE_CLOSED,
    6: RULE_REASON,
    7: RULE_COUNTRY,
    8: RULE_CURRENCY,
    9: RULE_AMOUNT,
    10: RULE_CLOSE_DATE,
    11: RULE_NAME,
    12: RULE_CUSTOMER,
    13: RULE_MATCHING,
    14: RULE_TEAM,
    15: RULE_SOLUTIONS,
    16: RULE_SOLUTIONS_READY,
    17: RULE_ASSESSMENT,
    18: RULE_HELP,
    19: RULE_CONTACT,
    20: RULE_VISIBILITY,
    21: RULE_VISIBILITY_KEPT,
    22: RULE_HELP_KEPT,
    23: RULE_CONSENT,
    24: RULE_CONSENT_CONTACT,
    25: RULE_MARKETPLACE,
    26: RULE_SERVICES,
    27: RULE_SOLUTION_AREA,
    28: RULE_LISTS,
    36: RULE_ALIKE,
    37: RULE_ANSWER,
    38: RULE_ON_HOLD,
    39: RULE_WON,
    40: RULE_SMALL,
    43: RULE_INVITE,
    44: RULE_REACHABLE,
    45: RULE_NOTES,
    46: RULE_SHARER,
    47: RULE_OTHER_PARTNER,
    48: RULE_FEDERAL
});
