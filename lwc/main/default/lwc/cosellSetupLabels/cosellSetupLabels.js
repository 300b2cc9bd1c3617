/**
 * Every word that the set-up page shows, in the user's language; words it shares with the panel are in `cosellLabels`.
 * Must not know which component shows what.
 */
import ALL_WELL from '@salesforce/label/c.Cosell_Setup_All_Well';
import ATTENTION from '@salesforce/label/c.Cosell_Setup_Attention';
import ATTENTION_FAILED from '@salesforce/label/c.Cosell_Setup_Attention_Failed';
import ATTENTION_MORE from '@salesforce/label/c.Cosell_Setup_Attention_More';
import ATTENTION_NONE from '@salesforce/label/c.Cosell_Setup_Attention_None';
import ATTENTION_SHOWN from '@salesforce/label/c.Cosell_Setup_Attention_Shown';
import CERTIFICATE_HINT from '@salesforce/label/c.Cosell_Setup_Certificate_Hint';
import CHECKED from '@salesforce/label/c.Cosell_Setup_Checked';
import CHECKING from '@salesforce/label/c.Cosell_Setup_Checking';
import CONNECTED from '@salesforce/label/c.Cosell_Setup_Connected';
import CONNECTIONS from '@salesforce/label/c.Cosell_Setup_Connections';
import CURRENCY_MISSING from '@salesforce/label/c.Cosell_Setup_Currency_Missing';
import CURRENCY_OTHER from '@salesforce/label/c.Cosell_Setup_Currency_Other';
import CURRENCY_SINGLE from '@salesforce/label/c.Cosell_Setup_Currency_Single';
import CURRENCY_UNNEEDED from '@salesforce/label/c.Cosell_Setup_Currency_Unneeded';
import ENTRA from '@salesforce/label/c.Cosell_Setup_Entra';
import ENTRA_OK from '@salesforce/label/c.Cosell_Setup_Entra_Ok';
import ENTRA_REMEDY from '@salesforce/label/c.Cosell_Setup_Entra_Remedy';
import FACT_ADDRESS from '@salesforce/label/c.Cosell_Setup_Fact_Address';
import FACT_DRIVER from '@salesforce/label/c.Cosell_Setup_Fact_Driver';
import FACT_LOOKED from '@salesforce/label/c.Cosell_Setup_Fact_Looked';
import FACT_SIGN_IN from '@salesforce/label/c.Cosell_Setup_Fact_Sign_In';
import FACT_TENANT from '@salesforce/label/c.Cosell_Setup_Fact_Tenant';
import FACT_TOKEN from '@salesforce/label/c.Cosell_Setup_Fact_Token';
import FACT_TOKEN_SINCE from '@salesforce/label/c.Cosell_Setup_Fact_Token_Since';
import FACT_URL from '@salesforce/label/c.Cosell_Setup_Fact_Url';
import FACT_USAGE from '@salesforce/label/c.Cosell_Setup_Fact_Usage';
import FACT_USAGE_OF from '@salesforce/label/c.Cosell_Setup_Fact_Usage_Of';
import FACT_USER from '@salesforce/label/c.Cosell_Setup_Fact_User';
import FIELD_FITS from '@salesforce/label/c.Cosell_Setup_Field_Fits';
import FIELD_HIDDEN from '@salesforce/label/c.Cosell_Setup_Field_Hidden';
import FIELD_MISSING from '@salesforce/label/c.Cosell_Setup_Field_Missing';
import FIELD_NEVER from '@salesforce/label/c.Cosell_Setup_Field_Never';
import FIELD_READ_ONLY from '@salesforce/label/c.Cosell_Setup_Field_Read_Only';
import FIELD_TYPE from '@salesforce/label/c.Cosell_Setup_Field_Type';
import FIELD_UNASSIGNED from '@salesforce/label/c.Cosell_Setup_Field_Unassigned';
import FIELD_UNCHECKED from '@salesforce/label/c.Cosell_Setup_Field_Unchecked';
import FIELD_UNKNOWN from '@salesforce/label/c.Cosell_Setup_Field_Unknown';
import FIELD_WRITABLE from '@salesforce/label/c.Cosell_Setup_Field_Writable';
import HOOKS_HERE from '@salesforce/label/c.Cosell_Setup_Hooks_Here';
import HOOKS_MISSING from '@salesforce/label/c.Cosell_Setup_Hooks_Missing';
import HOOKS_NONE from '@salesforce/label/c.Cosell_Setup_Hooks_None';
import HOOKS_NOT_REGISTERED from '@salesforce/label/c.Cosell_Setup_Hooks_Not_Registered';
import HOOKS_OFF from '@salesforce/label/c.Cosell_Setup_Hooks_Off';
import HOOKS_OTHER from '@salesforce/label/c.Cosell_Setup_Hooks_Other';
import HOOKS_OURS from '@salesforce/label/c.Cosell_Setup_Hooks_Ours';
import HOOKS_OVERWRITE from '@salesforce/label/c.Cosell_Setup_Hooks_Overwrite';
import HOOKS_REGISTER from '@salesforce/label/c.Cosell_Setup_Hooks_Register';
import HOOKS_REGISTERED from '@salesforce/label/c.Cosell_Setup_Hooks_Registered';
import HOOKS_THERE from '@salesforce/label/c.Cosell_Setup_Hooks_There';
import HOOKS_WARNING from '@salesforce/label/c.Cosell_Setup_Hooks_Warning';
import IN_THE_WAY from '@salesforce/label/c.Cosell_Setup_In_The_Way';
import INVALID_MANY from '@salesforce/label/c.Cosell_Setup_Invalid_Many';
import INVALID_ONE from '@salesforce/label/c.Cosell_Setup_Invalid_One';
import LINE from '@salesforce/label/c.Cosell_Setup_Line';
import LINE_NO_RULE from '@salesforce/label/c.Cosell_Setup_Line_No_Rule';
import LINE_WRONG from '@salesforce/label/c.Cosell_Setup_Line_Wrong';
import MAPPED from '@salesforce/label/c.Cosell_Setup_Mapped';
import MAPPING_CLASH from '@salesforce/label/c.Cosell_Setup_Mapping_Clash';
import MAPPING_RECORD from '@salesforce/label/c.Cosell_Setup_Mapping_Record';
import MAPPING_WRONG from '@salesforce/label/c.Cosell_Setup_Mapping_Wrong';
import NEED_MANY from '@salesforce/label/c.Cosell_Setup_Need_Many';
import NEED_MORE from '@salesforce/label/c.Cosell_Setup_Need_More';
import NEED_ONE from '@salesforce/label/c.Cosell_Setup_Need_One';
import NO_PERMISSION from '@salesforce/label/c.Cosell_Setup_No_Permission';
import NO_PERMISSION_BODY from '@salesforce/label/c.Cosell_Setup_No_Permission_Body';
import NO_PERMISSION_HINT from '@salesforce/label/c.Cosell_Setup_No_Permission_Hint';
import NO_SETTINGS from '@salesforce/label/c.Cosell_Setup_No_Settings';
import NO_SETTINGS_BODY from '@salesforce/label/c.Cosell_Setup_No_Settings_Body';
import NO_SETTINGS_HINT from '@salesforce/label/c.Cosell_Setup_No_Settings_Hint';
import NOT_ANSWERING from '@salesforce/label/c.Cosell_Setup_Not_Answering';
import NOT_REACHED from '@salesforce/label/c.Cosell_Setup_Not_Reached';
import NOT_REACHED_HINT from '@salesforce/label/c.Cosell_Setup_Not_Reached_Hint';
import NOT_SAVED from '@salesforce/label/c.Cosell_Setup_Not_Saved';
import OPEN_RECORD from '@salesforce/label/c.Cosell_Setup_Open_Record';
import ORG from '@salesforce/label/c.Cosell_Setup_Org';
import ORG_COUNTRIES from '@salesforce/label/c.Cosell_Setup_Org_Countries';
import ORG_COUNTRIES_NO from '@salesforce/label/c.Cosell_Setup_Org_Countries_No';
import ORG_COUNTRIES_YES from '@salesforce/label/c.Cosell_Setup_Org_Countries_Yes';
import ORG_CURRENCY from '@salesforce/label/c.Cosell_Setup_Org_Currency';
import ORG_CURRENCY_MANY from '@salesforce/label/c.Cosell_Setup_Org_Currency_Many';
import ORG_CURRENCY_ONE from '@salesforce/label/c.Cosell_Setup_Org_Currency_One';
import ORG_CURRENCY_UNNAMED from '@salesforce/label/c.Cosell_Setup_Org_Currency_Unnamed';
import ORG_DOMAIN from '@salesforce/label/c.Cosell_Setup_Org_Domain';
import ORG_DOMAIN_NO from '@salesforce/label/c.Cosell_Setup_Org_Domain_No';
import ORG_DOMAIN_YES from '@salesforce/label/c.Cosell_Setup_Org_Domain_Yes';
import ORG_NOTES from '@salesforce/label/c.Cosell_Setup_Org_Notes';
import ORG_NOTES_NO from '@salesforce/label/c.Cosell_Setup_Org_Notes_No';
import ORG_NOTES_YES from '@salesforce/label/c.Cosell_Setup_Org_Notes_Yes';
import ORG_TEAMS from '@salesforce/label/c.Cosell_Setup_Org_Teams';
import ORG_TEAMS_NO from '@salesforce/label/c.Cosell_Setup_Org_Teams_No';
import ORG_TEAMS_YES from '@salesforce/label/c.Cosell_Setup_Org_Teams_Yes';
import ORG_USER from '@salesforce/label/c.Cosell_Setup_Org_User';
import ORG_USER_MANY from '@salesforce/label/c.Cosell_Setup_Org_User_Many';
import ORG_USER_NONE from '@salesforce/label/c.Cosell_Setup_Org_User_None';
import ORG_USER_ONE from '@salesforce/label/c.Cosell_Setup_Org_User_One';
import ORG_USER_UNKNOWN from '@salesforce/label/c.Cosell_Setup_Org_User_Unknown';
import ORG_WASM from '@salesforce/label/c.Cosell_Setup_Org_Wasm';
import ORG_WASM_NO from '@salesforce/label/c.Cosell_Setup_Org_Wasm_No';
import ORG_WASM_YES from '@salesforce/label/c.Cosell_Setup_Org_Wasm_Yes';
import PAIR_BROKEN from '@salesforce/label/c.Cosell_Setup_Pair_Broken';
import PAIR_LEAD from '@salesforce/label/c.Cosell_Setup_Pair_Lead';
import PAIR_MENDED from '@salesforce/label/c.Cosell_Setup_Pair_Mended';
import PAIR_NEEDS from '@salesforce/label/c.Cosell_Setup_Pair_Needs';
import PAIR_NEXT from '@salesforce/label/c.Cosell_Setup_Pair_Next';
import PAIR_NOT_RETRIED from '@salesforce/label/c.Cosell_Setup_Pair_Not_Retried';
import PAIR_OPPORTUNITY from '@salesforce/label/c.Cosell_Setup_Pair_Opportunity';
import PAIR_REFERRAL from '@salesforce/label/c.Cosell_Setup_Pair_Referral';
import PAIR_RETRY from '@salesforce/label/c.Cosell_Setup_Pair_Retry';
import PAIR_RETRY_OF from '@salesforce/label/c.Cosell_Setup_Pair_Retry_Of';
import PAIR_RETRYING from '@salesforce/label/c.Cosell_Setup_Pair_Retrying';
import PAIR_SLOW from '@salesforce/label/c.Cosell_Setup_Pair_Slow';
import PAIR_STILL from '@salesforce/label/c.Cosell_Setup_Pair_Still';
import PAIR_STUCK from '@salesforce/label/c.Cosell_Setup_Pair_Stuck';
import PAIR_TRIES_MANY from '@salesforce/label/c.Cosell_Setup_Pair_Tries_Many';
import PAIR_TRIES_ONE from '@salesforce/label/c.Cosell_Setup_Pair_Tries_One';
import PAIR_WAITING from '@salesforce/label/c.Cosell_Setup_Pair_Waiting';
import PARTNER_CENTER from '@salesforce/label/c.Cosell_Setup_Partner_Center';
import PARTNER_CENTER_OK from '@salesforce/label/c.Cosell_Setup_Partner_Center_Ok';
import PARTNER_CENTER_REMEDY from '@salesforce/label/c.Cosell_Setup_Partner_Center_Remedy';
import PROBLEM_BEHIND_LOOKUP from '@salesforce/label/c.Cosell_Setup_Problem_Behind_Lookup';
import PROBLEM_CONTROL from '@salesforce/label/c.Cosell_Setup_Problem_Control';
import PROBLEM_DIRECTION from '@salesforce/label/c.Cosell_Setup_Problem_Direction';
import PROBLEM_FIRM from '@salesforce/label/c.Cosell_Setup_Problem_Firm';
import PROBLEM_FLAG from '@salesforce/label/c.Cosell_Setup_Problem_Flag';
import PROBLEM_FROZEN_PATH from '@salesforce/label/c.Cosell_Setup_Problem_Frozen_Path';
import PROBLEM_ITSELF from '@salesforce/label/c.Cosell_Setup_Problem_Itself';
import PROBLEM_LINES from '@salesforce/label/c.Cosell_Setup_Problem_Lines';
import PROBLEM_MICROSOFTS from '@salesforce/label/c.Cosell_Setup_Problem_Microsofts';
import PROBLEM_NO_FIELD from '@salesforce/label/c.Cosell_Setup_Problem_No_Field';
import PROBLEM_PARTS from '@salesforce/label/c.Cosell_Setup_Problem_Parts';
import PROBLEM_PATH from '@salesforce/label/c.Cosell_Setup_Problem_Path';
import PROBLEM_READ_ONLY_PATH from '@salesforce/label/c.Cosell_Setup_Problem_Read_Only_Path';
import PROBLEM_RELAXED from '@salesforce/label/c.Cosell_Setup_Problem_Relaxed';
import PROBLEM_SALES_STAGES from '@salesforce/label/c.Cosell_Setup_Problem_Sales_Stages';
import PROBLEM_STAGE_PATH from '@salesforce/label/c.Cosell_Setup_Problem_Stage_Path';
import PROBLEM_TAGS from '@salesforce/label/c.Cosell_Setup_Problem_Tags';
import PROBLEM_TRANSFORM from '@salesforce/label/c.Cosell_Setup_Problem_Transform';
import PROBLEM_TWO_LINES from '@salesforce/label/c.Cosell_Setup_Problem_Two_Lines';
import PROBLEM_UNKNOWN from '@salesforce/label/c.Cosell_Setup_Problem_Unknown';
import PROBLEM_WINNER from '@salesforce/label/c.Cosell_Setup_Problem_Winner';
import PROBLEM_WRITTEN_FIELD from '@salesforce/label/c.Cosell_Setup_Problem_Written_Field';
import PROBLEM_WRITTEN_PATH from '@salesforce/label/c.Cosell_Setup_Problem_Written_Path';
import REFRESH from '@salesforce/label/c.Cosell_Setup_Refresh';
import REMEDY_FIRM from '@salesforce/label/c.Cosell_Setup_Remedy_Firm';
import REMEDY_LOOKUP from '@salesforce/label/c.Cosell_Setup_Remedy_Lookup';
import REMEDY_NAME from '@salesforce/label/c.Cosell_Setup_Remedy_Name';
import REMEDY_OTHER from '@salesforce/label/c.Cosell_Setup_Remedy_Other';
import REMEDY_PARTS from '@salesforce/label/c.Cosell_Setup_Remedy_Parts';
import SALESFORCE from '@salesforce/label/c.Cosell_Setup_Salesforce';
import SALESFORCE_OK from '@salesforce/label/c.Cosell_Setup_Salesforce_Ok';
import SALESFORCE_REMEDY from '@salesforce/label/c.Cosell_Setup_Salesforce_Remedy';
import SAVE_SLOW from '@salesforce/label/c.Cosell_Setup_Save_Slow';
import SAVE_SLOW_HINT from '@salesforce/label/c.Cosell_Setup_Save_Slow_Hint';
import SAVED from '@salesforce/label/c.Cosell_Setup_Saved';
import SAVING from '@salesforce/label/c.Cosell_Setup_Saving';
import SETTING_ACTIVE from '@salesforce/label/c.Cosell_Setup_Setting_Active';
import SETTING_CERTIFICATE from '@salesforce/label/c.Cosell_Setup_Setting_Certificate';
import SETTING_CERTIFICATE_MISSING from '@salesforce/label/c.Cosell_Setup_Setting_Certificate_Missing';
import SETTING_CERTIFICATE_WRONG from '@salesforce/label/c.Cosell_Setup_Setting_Certificate_Wrong';
import SETTING_COUNTRY from '@salesforce/label/c.Cosell_Setup_Setting_Country';
import SETTING_CURRENCY from '@salesforce/label/c.Cosell_Setup_Setting_Currency';
import SETTING_DEFAULT from '@salesforce/label/c.Cosell_Setup_Setting_Default';
import SETTING_DEFAULT_CURRENCY from '@salesforce/label/c.Cosell_Setup_Setting_Default_Currency';
import SETTING_HOLD from '@salesforce/label/c.Cosell_Setup_Setting_Hold';
import SETTING_MARK from '@salesforce/label/c.Cosell_Setup_Setting_Mark';
import SETTING_MARK_HINT from '@salesforce/label/c.Cosell_Setup_Setting_Mark_Hint';
import SETTING_NO from '@salesforce/label/c.Cosell_Setup_Setting_No';
import SETTING_NONE from '@salesforce/label/c.Cosell_Setup_Setting_None';
import SETTING_ONLY from '@salesforce/label/c.Cosell_Setup_Setting_Only';
import SETTING_RULES from '@salesforce/label/c.Cosell_Setup_Setting_Rules';
import SETTING_RULES_HELP from '@salesforce/label/c.Cosell_Setup_Setting_Rules_Help';
import SETTING_URL from '@salesforce/label/c.Cosell_Setup_Setting_Url';
import SETTING_URL_HINT from '@salesforce/label/c.Cosell_Setup_Setting_Url_Hint';
import SETTING_VALUE from '@salesforce/label/c.Cosell_Setup_Setting_Value';
import SETTING_YES from '@salesforce/label/c.Cosell_Setup_Setting_Yes';
import SETTINGS from '@salesforce/label/c.Cosell_Setup_Settings';
import SETTINGS_INTRO from '@salesforce/label/c.Cosell_Setup_Settings_Intro';
import SETTINGS_REMEDY from '@salesforce/label/c.Cosell_Setup_Settings_Remedy';
import SINCE from '@salesforce/label/c.Cosell_Setup_Since';
import SOME_ILL_MANY from '@salesforce/label/c.Cosell_Setup_Some_Ill_Many';
import SOME_ILL_ONE from '@salesforce/label/c.Cosell_Setup_Some_Ill_One';
import STAGE_MISSING from '@salesforce/label/c.Cosell_Setup_Stage_Missing';
import STATE_CHECKING from '@salesforce/label/c.Cosell_Setup_State_Checking';
import STATE_FAILED from '@salesforce/label/c.Cosell_Setup_State_Failed';
import STATE_OFF from '@salesforce/label/c.Cosell_Setup_State_Off';
import STATE_OK from '@salesforce/label/c.Cosell_Setup_State_Ok';
import STATE_WARNING from '@salesforce/label/c.Cosell_Setup_State_Warning';
import STORE from '@salesforce/label/c.Cosell_Setup_Store';
import STORE_OK from '@salesforce/label/c.Cosell_Setup_Store_Ok';
import STORE_REMEDY from '@salesforce/label/c.Cosell_Setup_Store_Remedy';
import TEST from '@salesforce/label/c.Cosell_Setup_Test';
import TEST_ARRIVED from '@salesforce/label/c.Cosell_Setup_Test_Arrived';
import TEST_ATTEMPTS from '@salesforce/label/c.Cosell_Setup_Test_Attempts';
import TEST_FAILED from '@salesforce/label/c.Cosell_Setup_Test_Failed';
import TEST_LOST from '@salesforce/label/c.Cosell_Setup_Test_Lost';
import TEST_SLOW from '@salesforce/label/c.Cosell_Setup_Test_Slow';
import TEST_THEIRS from '@salesforce/label/c.Cosell_Setup_Test_Theirs';
import TEST_WAITING from '@salesforce/label/c.Cosell_Setup_Test_Waiting';
import TITLE from '@salesforce/label/c.Cosell_Setup_Title';
import TOKEN_HINT from '@salesforce/label/c.Cosell_Setup_Token_Hint';
import TYPES_DAY from '@salesforce/label/c.Cosell_Setup_Types_Day';
import TYPES_FLAG from '@salesforce/label/c.Cosell_Setup_Types_Flag';
import TYPES_NUMBER from '@salesforce/label/c.Cosell_Setup_Types_Number';
import TYPES_TEXT from '@salesforce/label/c.Cosell_Setup_Types_Text';
import UNCHECKED from '@salesforce/label/c.Cosell_Setup_Unchecked';
import UNREADABLE from '@salesforce/label/c.Cosell_Setup_Unreadable';
import VALID from '@salesforce/label/c.Cosell_Setup_Valid';
import WEBHOOKS from '@salesforce/label/c.Cosell_Setup_Webhooks';
import WEBHOOKS_OK from '@salesforce/label/c.Cosell_Setup_Webhooks_Ok';
import WEBHOOKS_REMEDY from '@salesforce/label/c.Cosell_Setup_Webhooks_Remedy';
import WRONG_MANY from '@salesforce/label/c.Cosell_Setup_Wrong_Many';
import WRONG_ONE from '@salesforce/label/c.Cosell_Setup_Wrong_One';

export const SETUP = Object.freeze({
    title: TITLE,
    allWell: ALL_WELL,
    connected: CONNECTED,
    needOne: NEED_ONE,
    needMany: NEED_MANY,
    needMore: NEED_MORE,
    someIllOne: SOME_ILL_ONE,
    someIllMany: SOME_ILL_MANY,
    checking: CHECKING,
    checked: CHECKED,
    inTheWay: IN_THE_WAY,
    refresh: REFRESH,
    notReached: NOT_REACHED,
    notAnswering: NOT_ANSWERING,
    notReachedHint: NOT_REACHED_HINT,
    tokenHint: TOKEN_HINT,
    certificateHint: CERTIFICATE_HINT,
    noSettings: NO_SETTINGS,
    noSettingsBody: NO_SETTINGS_BODY,
    noSettingsHint: NO_SETTINGS_HINT,
    noPermission: NO_PERMISSION,
    noPermissionBody: NO_PERMISSION_BODY,
    noPermissionHint: NO_PERMISSION_HINT,
    unreadable: UNREADABLE,
    connections: CONNECTIONS,
    stateOk: STATE_OK,
    stateWarning: STATE_WARNING,
    stateFailed: STATE_FAILED,
    stateOff: STATE_OFF,
    stateChecking: STATE_CHECKING,
    since: SINCE,
    salesforce: SALESFORCE,
    salesforceOk: SALESFORCE_OK,
    salesforceRemedy: SALESFORCE_REMEDY,
    entra: ENTRA,
    entraOk: ENTRA_OK,
    entraRemedy: ENTRA_REMEDY,
    partnerCenter: PARTNER_CENTER,
    partnerCenterOk: PARTNER_CENTER_OK,
    partnerCenterRemedy: PARTNER_CENTER_REMEDY,
    webhooks: WEBHOOKS,
    webhooksOk: WEBHOOKS_OK,
    webhooksRemedy: WEBHOOKS_REMEDY,
    store: STORE,
    storeOk: STORE_OK,
    storeRemedy: STORE_REMEDY,
    factToken: FACT_TOKEN,
    factTokenSince: FACT_TOKEN_SINCE,
    factSignIn: FACT_SIGN_IN,
    factTenant: FACT_TENANT,
    factAddress: FACT_ADDRESS,
    factUsage: FACT_USAGE,
    factUsageOf: FACT_USAGE_OF,
    factDriver: FACT_DRIVER,
    factUrl: FACT_URL,
    factUser: FACT_USER,
    factLooked: FACT_LOOKED,
    hooksOurs: HOOKS_OURS,
    hooksMissing: HOOKS_MISSING,
    hooksOther: HOOKS_OTHER,
    hooksNone: HOOKS_NONE,
    hooksOff: HOOKS_OFF,
    hooksHere: HOOKS_HERE,
    hooksThere: HOOKS_THERE,
    hooksRegister: HOOKS_REGISTER,
    hooksOverwrite: HOOKS_OVERWRITE,
    hooksWarning: HOOKS_WARNING,
    hooksRegistered: HOOKS_REGISTERED,
    hooksNotRegistered: HOOKS_NOT_REGISTERED,
    test: TEST,
    testWaiting: TEST_WAITING,
    testArrived: TEST_ARRIVED,
    testLost: TEST_LOST,
    testSlow: TEST_SLOW,
    testFailed: TEST_FAILED,
    testAttempts: TEST_ATTEMPTS,
    testTheirs: TEST_THEIRS,
    attention: ATTENTION,
    attentionNone: ATTENTION_NONE,
    attentionFailed: ATTENTION_FAILED,
    attentionMore: ATTENTION_MORE,
    attentionShown: ATTENTION_SHOWN,
    pairWaiting: PAIR_WAITING,
    pairNeeds: PAIR_NEEDS,
    pairBroken: PAIR_BROKEN,
    pairStuck: PAIR_STUCK,
    pairOpportunity: PAIR_OPPORTUNITY,
    pairLead: PAIR_LEAD,
    pairReferral: PAIR_REFERRAL,
    pairTriesOne: PAIR_TRIES_ONE,
    pairTriesMany: PAIR_TRIES_MANY,
    pairNext: PAIR_NEXT,
    pairRetry: PAIR_RETRY,
    pairRetryOf: PAIR_RETRY_OF,
    pairRetrying: PAIR_RETRYING,
    pairMended: PAIR_MENDED,
    pairSlow: PAIR_SLOW,
    pairStill: PAIR_STILL,
    pairNotRetried: PAIR_NOT_RETRIED,
    settings: SETTINGS,
    settingsRemedy: SETTINGS_REMEDY,
    settingsIntro: SETTINGS_INTRO,
    settingUrl: SETTING_URL,
    settingUrlHint: SETTING_URL_HINT,
    settingCertificate: SETTING_CERTIFICATE,
    settingCertificateMissing: SETTING_CERTIFICATE_MISSING,
    settingCertificateWrong: SETTING_CERTIFICATE_WRONG,
    settingCountry: SETTING_COUNTRY,
    settingValue: SETTING_VALUE,
    settingCurrency: SETTING_CURRENCY,
    settingDefaultCurrency: SETTING_DEFAULT_CURRENCY,
    settingActive: SETTING_ACTIVE,
    settingHold: SETTING_HOLD,
    settingOnly: SETTING_ONLY,
    settingMark: SETTING_MARK,
    settingMarkHint: SETTING_MARK_HINT,
    settingRules: SETTING_RULES,
    settingRulesHelp: SETTING_RULES_HELP,
    settingDefault: SETTING_DEFAULT,
    settingNone: SETTING_NONE,
    settingYes: SETTING_YES,
    settingNo: SETTING_NO,
    line: LINE,
    lineWrong: LINE_WRONG,
    lineNoRule: LINE_NO_RULE,
    fieldMissing: FIELD_MISSING,
    fieldType: FIELD_TYPE,
    fieldFits: FIELD_FITS,
    fieldWritable: FIELD_WRITABLE,
    fieldNever: FIELD_NEVER,
    fieldReadOnly: FIELD_READ_ONLY,
    fieldHidden: FIELD_HIDDEN,
    fieldUnknown: FIELD_UNKNOWN,
    fieldUnassigned: FIELD_UNASSIGNED,
    fieldUnchecked: FIELD_UNCHECKED,
    stageMissing: STAGE_MISSING,
    currencyMissing: CURRENCY_MISSING,
    currencyOther: CURRENCY_OTHER,
    currencySingle: CURRENCY_SINGLE,
    currencyUnneeded: CURRENCY_UNNEEDED,
    typesText: TYPES_TEXT,
    typesNumber: TYPES_NUMBER,
    typesDay: TYPES_DAY,
    typesFlag: TYPES_FLAG,
    valid: VALID,
    unchecked: UNCHECKED,
    invalidOne: INVALID_ONE,
    invalidMany: INVALID_MANY,
    wrongMany: WRONG_MANY,
    wrongOne: WRONG_ONE,
    saving: SAVING,
    saved: SAVED,
    saveSlow: SAVE_SLOW,
    saveSlowHint: SAVE_SLOW_HINT,
    notSaved: NOT_SAVED,
    openRecord: OPEN_RECORD,
    mapped: MAPPED,
    mappingClash: MAPPING_CLASH,
    mappingRecord: MAPPING_RECORD,
    mappingWrong: MAPPING_WRONG,
    org: ORG,
    orgDomain: ORG_DOMAIN,
    orgDomainYes: ORG_DOMAIN_YES,
    orgDomainNo: ORG_DOMAIN_NO,
    orgWasm: ORG_WASM,
    orgWasmYes: ORG_WASM_YES,
    orgWasmNo: ORG_WASM_NO,
    orgUser: ORG_USER,
    orgUserOne: ORG_USER_ONE,
    orgUserNone: ORG_USER_NONE,
    orgUserMany: ORG_USER_MANY,
    orgUserUnknown: ORG_USER_UNKNOWN,
    orgNotes: ORG_NOTES,
    orgNotesYes: ORG_NOTES_YES,
    orgNotesNo: ORG_NOTES_NO,
    orgTeams: ORG_TEAMS,
    orgTeamsYes: ORG_TEAMS_YES,
    orgTeamsNo: ORG_TEAMS_NO,
    orgCurrency: ORG_CURRENCY,
    orgCurrencyMany: ORG_CURRENCY_MANY,
    orgCurrencyOne: ORG_CURRENCY_ONE,
    orgCurrencyUnnamed: ORG_CURRENCY_UNNAMED,
    orgCountries: ORG_COUNTRIES,
    orgCountriesYes: ORG_COUNTRIES_YES,
    orgCountriesNo: ORG_COUNTRIES_NO,
    problemItself: PROBLEM_ITSELF,
    problemNoField: PROBLEM_NO_FIELD,
    problemMicrosofts: PROBLEM_MICROSOFTS,
    problemBehindLookup: PROBLEM_BEHIND_LOOKUP,
    problemWrittenField: PROBLEM_WRITTEN_FIELD,
    problemDirection: PROBLEM_DIRECTION,
    problemFrozenPath: PROBLEM_FROZEN_PATH,
    problemPath: PROBLEM_PATH,
    problemWrittenPath: PROBLEM_WRITTEN_PATH,
    problemStagePath: PROBLEM_STAGE_PATH,
    problemReadOnlyPath: PROBLEM_READ_ONLY_PATH,
    problemTransform: PROBLEM_TRANSFORM,
    problemTags: PROBLEM_TAGS,
    problemWinner: PROBLEM_WINNER,
    problemParts: PROBLEM_PARTS,
    problemTwoLines: PROBLEM_TWO_LINES,
    problemControl: PROBLEM_CONTROL,
    problemUnknown: PROBLEM_UNKNOWN,
    problemLines: PROBLEM_LINES,
    problemSalesStages: PROBLEM_SALES_STAGES,
    problemRelaxed: PROBLEM_RELAXED,
    problemFlag: PROBLEM_FLAG,
    problemFirm: PROBLEM_FIRM,
    remedyFirm: REMEDY_FIRM,
    remedyLookup: REMEDY_LOOKUP,
    remedyName: REMEDY_NAME,
    remedyOther: REMEDY_OTHER,
    remedyParts: REMEDY_PARTS
});
