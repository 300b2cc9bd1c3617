/**
 * Every word that the package's components show, in the user's language. One place, so that a test can hold it against the labels file.
 * Must not know which component shows what.
 */
import ACCESS_FIELDS from '@salesforce/label/c.Cosell_Access_Fields';
import ACCESS_OWNER from '@salesforce/label/c.Cosell_Access_Owner';
import ACCESS_RECORD from '@salesforce/label/c.Cosell_Access_Record';
import ASKED from '@salesforce/label/c.Cosell_Asked';
import CANCEL from '@salesforce/label/c.Cosell_Cancel';
import CHOOSE from '@salesforce/label/c.Cosell_Choose';
import CLOSE from '@salesforce/label/c.Cosell_Close';
import CLOSED_FOR_GOOD from '@salesforce/label/c.Cosell_Closed_For_Good';
import CONSENT from '@salesforce/label/c.Cosell_Consent';
import CONSENT_HINT from '@salesforce/label/c.Cosell_Consent_Hint';
import CONTACT from '@salesforce/label/c.Cosell_Contact';
import CONTACT_AUTOMATIC from '@salesforce/label/c.Cosell_Contact_Automatic';
import CONTACT_BLANK from '@salesforce/label/c.Cosell_Contact_Blank';
import CONTACT_EDIT from '@salesforce/label/c.Cosell_Contact_Edit';
import CONTACT_EMPTY from '@salesforce/label/c.Cosell_Contact_Empty';
import CONTACT_HELP from '@salesforce/label/c.Cosell_Contact_Help';
import CONTACT_ONLY from '@salesforce/label/c.Cosell_Contact_Only';
import CONTACT_PLACEHOLDER from '@salesforce/label/c.Cosell_Contact_Placeholder';
import CONTACT_STRANGER from '@salesforce/label/c.Cosell_Contact_Stranger';
import CONTACT_WITH_ROLE from '@salesforce/label/c.Cosell_Contact_With_Role';
import CRM_ID from '@salesforce/label/c.Cosell_Crm_Id';
import DECIDE_ACCEPT from '@salesforce/label/c.Cosell_Decide_Accept';
import DECIDE_ACCEPTED from '@salesforce/label/c.Cosell_Decide_Accepted';
import DECIDE_BY from '@salesforce/label/c.Cosell_Decide_By';
import DECIDE_CONFIRM from '@salesforce/label/c.Cosell_Decide_Confirm';
import DECIDE_DECLINE from '@salesforce/label/c.Cosell_Decide_Decline';
import DECIDE_DECLINED from '@salesforce/label/c.Cosell_Decide_Declined';
import DECIDE_FOR_GOOD from '@salesforce/label/c.Cosell_Decide_For_Good';
import DECIDE_HEADING from '@salesforce/label/c.Cosell_Decide_Heading';
import DECIDE_HINT from '@salesforce/label/c.Cosell_Decide_Hint';
import DECIDE_OVERDUE from '@salesforce/label/c.Cosell_Decide_Overdue';
import DECIDE_REASON from '@salesforce/label/c.Cosell_Decide_Reason';
import DECIDE_REASON_MISSING from '@salesforce/label/c.Cosell_Decide_Reason_Missing';
import DISCARD from '@salesforce/label/c.Cosell_Discard';
import ENGAGEMENT from '@salesforce/label/c.Cosell_Engagement';
import ERROR_CERTIFICATE from '@salesforce/label/c.Cosell_Error_Certificate';
import ERROR_CONFLICT from '@salesforce/label/c.Cosell_Error_Conflict';
import ERROR_MODULE_BLOCKED from '@salesforce/label/c.Cosell_Error_Module_Blocked';
import ERROR_MODULE_UNAVAILABLE from '@salesforce/label/c.Cosell_Error_Module_Unavailable';
import ERROR_MODULE_UNREACHABLE from '@salesforce/label/c.Cosell_Error_Module_Unreachable';
import ERROR_NOT_FOUND from '@salesforce/label/c.Cosell_Error_Not_Found';
import ERROR_NOT_READABLE from '@salesforce/label/c.Cosell_Error_Not_Readable';
import ERROR_NOT_READY from '@salesforce/label/c.Cosell_Error_Not_Ready';
import ERROR_NOT_SAVED from '@salesforce/label/c.Cosell_Error_Not_Saved';
import ERROR_ORIGIN from '@salesforce/label/c.Cosell_Error_Origin';
import ERROR_PERMISSION from '@salesforce/label/c.Cosell_Error_Permission';
import ERROR_PROXY_TIMEOUT from '@salesforce/label/c.Cosell_Error_Proxy_Timeout';
import ERROR_PROXY_UNREACHABLE from '@salesforce/label/c.Cosell_Error_Proxy_Unreachable';
import ERROR_PROXY_UNREADABLE from '@salesforce/label/c.Cosell_Error_Proxy_Unreadable';
import ERROR_READ_ONLY from '@salesforce/label/c.Cosell_Error_Read_Only';
import ERROR_RECORD_UNREADABLE from '@salesforce/label/c.Cosell_Error_Record_Unreadable';
import ERROR_SALESFORCE_REFUSED from '@salesforce/label/c.Cosell_Error_Salesforce_Refused';
import ERROR_SALESFORCE_SIGN_IN from '@salesforce/label/c.Cosell_Error_Salesforce_Sign_In';
import ERROR_SALESFORCE_UNAVAILABLE from '@salesforce/label/c.Cosell_Error_Salesforce_Unavailable';
import ERROR_SERVER_NOT_FOUND from '@salesforce/label/c.Cosell_Error_Server_Not_Found';
import ERROR_SCOPE from '@salesforce/label/c.Cosell_Error_Scope';
import ERROR_SETTINGS from '@salesforce/label/c.Cosell_Error_Settings';
import ERROR_SETTINGS_UNREADABLE from '@salesforce/label/c.Cosell_Error_Settings_Unreadable';
import ERROR_TOKEN from '@salesforce/label/c.Cosell_Error_Token';
import ERROR_UNKNOWN from '@salesforce/label/c.Cosell_Error_Unknown';
import FIELD_ACCOUNT_NAME from '@salesforce/label/c.Cosell_Field_Account_Name';
import FIELD_AMOUNT from '@salesforce/label/c.Cosell_Field_Amount';
import FIELD_CITY from '@salesforce/label/c.Cosell_Field_City';
import FIELD_CLOSE_DATE from '@salesforce/label/c.Cosell_Field_Close_Date';
import FIELD_COMPANY from '@salesforce/label/c.Cosell_Field_Company';
import FIELD_COUNTRY from '@salesforce/label/c.Cosell_Field_Country';
import FIELD_CURRENCY from '@salesforce/label/c.Cosell_Field_Currency';
import FIELD_EMAIL from '@salesforce/label/c.Cosell_Field_Email';
import FIELD_FIRST_NAME from '@salesforce/label/c.Cosell_Field_First_Name';
import FIELD_LAST_NAME from '@salesforce/label/c.Cosell_Field_Last_Name';
import FIELD_NAME from '@salesforce/label/c.Cosell_Field_Name';
import FIELD_NOTES from '@salesforce/label/c.Cosell_Field_Notes';
import FIELD_PHONE from '@salesforce/label/c.Cosell_Field_Phone';
import FIELD_POSTAL_CODE from '@salesforce/label/c.Cosell_Field_Postal_Code';
import FIELD_STAGE from '@salesforce/label/c.Cosell_Field_Stage';
import FIELD_STATE from '@salesforce/label/c.Cosell_Field_State';
import FIELD_STREET from '@salesforce/label/c.Cosell_Field_Street';
import FORM_HEADING from '@salesforce/label/c.Cosell_Form_Heading';
import FORM_HEADING_CLOSED from '@salesforce/label/c.Cosell_Form_Heading_Closed';
import FORM_KEPT from '@salesforce/label/c.Cosell_Form_Kept';
import GO_TO_FIRST from '@salesforce/label/c.Cosell_Go_To_First';
import GROUP_BELOW from '@salesforce/label/c.Cosell_Group_Below';
import GROUP_BLOCKING from '@salesforce/label/c.Cosell_Group_Blocking';
import GROUP_COUNT from '@salesforce/label/c.Cosell_Group_Count';
import GROUP_FIXES from '@salesforce/label/c.Cosell_Group_Fixes';
import GROUP_WARNINGS from '@salesforce/label/c.Cosell_Group_Warnings';
import HELP from '@salesforce/label/c.Cosell_Help';
import HELP_ARCHITECTURE from '@salesforce/label/c.Cosell_Help_Architecture';
import HELP_CAME_IN from '@salesforce/label/c.Cosell_Help_Came_In';
import HELP_FOR_GOOD from '@salesforce/label/c.Cosell_Help_For_Good';
import HELP_GENERAL from '@salesforce/label/c.Cosell_Help_General';
import HELP_NONE from '@salesforce/label/c.Cosell_Help_None';
import HELP_POST_SALES from '@salesforce/label/c.Cosell_Help_Post_Sales';
import HELP_PROOF from '@salesforce/label/c.Cosell_Help_Proof';
import HELP_QUOTES from '@salesforce/label/c.Cosell_Help_Quotes';
import HELP_UNNAMED from '@salesforce/label/c.Cosell_Help_Unnamed';
import HELP_WORKLOAD from '@salesforce/label/c.Cosell_Help_Workload';
import HINT_ADMIN from '@salesforce/label/c.Cosell_Hint_Admin';
import HINT_MODULE_BLOCKED from '@salesforce/label/c.Cosell_Hint_Module_Blocked';
import HINT_MODULE_UNAVAILABLE from '@salesforce/label/c.Cosell_Hint_Module_Unavailable';
import HINT_MODULE_UNREACHABLE from '@salesforce/label/c.Cosell_Hint_Module_Unreachable';
import HINT_ORIGIN from '@salesforce/label/c.Cosell_Hint_Origin';
import HINT_PERMISSION from '@salesforce/label/c.Cosell_Hint_Permission';
import HINT_PROXY from '@salesforce/label/c.Cosell_Hint_Proxy';
import HINT_SETTINGS from '@salesforce/label/c.Cosell_Hint_Settings';
import HINT_SETTINGS_UNREADABLE from '@salesforce/label/c.Cosell_Hint_Settings_Unreadable';
import LOADING from '@salesforce/label/c.Cosell_Loading';
import LOOKED from '@salesforce/label/c.Cosell_Looked';
import LOOKED_LATER from '@salesforce/label/c.Cosell_Looked_Later';
import NOTICE_ERROR from '@salesforce/label/c.Cosell_Notice_Error';
import NOTICE_INFO from '@salesforce/label/c.Cosell_Notice_Info';
import NOTICE_MODULE from '@salesforce/label/c.Cosell_Notice_Module';
import NOTICE_NOT_ANSWERED from '@salesforce/label/c.Cosell_Notice_Not_Answered';
import NOTICE_NOT_LOOKED from '@salesforce/label/c.Cosell_Notice_Not_Looked';
import NOTICE_NOT_SAVED from '@salesforce/label/c.Cosell_Notice_Not_Saved';
import NOTICE_NOT_SENT from '@salesforce/label/c.Cosell_Notice_Not_Sent';
import NOTICE_NOT_SHARED from '@salesforce/label/c.Cosell_Notice_Not_Shared';
import NOTICE_PERMISSION from '@salesforce/label/c.Cosell_Notice_Permission';
import NOTICE_PERMISSION_BODY from '@salesforce/label/c.Cosell_Notice_Permission_Body';
import NOTICE_SETTINGS from '@salesforce/label/c.Cosell_Notice_Settings';
import NOTICE_SETTINGS_BODY from '@salesforce/label/c.Cosell_Notice_Settings_Body';
import NOTICE_SETTINGS_UNREAD from '@salesforce/label/c.Cosell_Notice_Settings_Unread';
import NOTICE_SETTINGS_UNREADABLE from '@salesforce/label/c.Cosell_Notice_Settings_Unreadable';
import NOTICE_UNASKED from '@salesforce/label/c.Cosell_Notice_Unasked';
import NOTICE_UNASKED_BODY from '@salesforce/label/c.Cosell_Notice_Unasked_Body';
import NOTICE_UNREADABLE from '@salesforce/label/c.Cosell_Notice_Unreadable';
import NOTICE_WARNING from '@salesforce/label/c.Cosell_Notice_Warning';
import OPEN_REFERRAL from '@salesforce/label/c.Cosell_Open_Referral';
import OPEN_REFERRAL_TOOLTIP from '@salesforce/label/c.Cosell_Open_Referral_Tooltip';
import PROGRESS_ANSWERING from '@salesforce/label/c.Cosell_Progress_Answering';
import PROGRESS_LOOKING from '@salesforce/label/c.Cosell_Progress_Looking';
import PROGRESS_SAVING from '@salesforce/label/c.Cosell_Progress_Saving';
import PROGRESS_SHARING from '@salesforce/label/c.Cosell_Progress_Sharing';
import PROGRESS_STEP from '@salesforce/label/c.Cosell_Progress_Step';
import PROGRESS_TOKEN from '@salesforce/label/c.Cosell_Progress_Token';
import PROGRESS_WRITING from '@salesforce/label/c.Cosell_Progress_Writing';
import REASON_ABUSE from '@salesforce/label/c.Cosell_Reason_Abuse';
import REASON_BUDGET from '@salesforce/label/c.Cosell_Reason_Budget';
import REASON_NO_ANSWER from '@salesforce/label/c.Cosell_Reason_No_Answer';
import REASON_NO_CUSTOMER from '@salesforce/label/c.Cosell_Reason_No_Customer';
import REASON_OTHER from '@salesforce/label/c.Cosell_Reason_Other';
import REASON_REQUIREMENT from '@salesforce/label/c.Cosell_Reason_Requirement';
import REASON_TIME from '@salesforce/label/c.Cosell_Reason_Time';
import REASON_VENDOR from '@salesforce/label/c.Cosell_Reason_Vendor';
import REFERRAL from '@salesforce/label/c.Cosell_Referral';
import SAVE from '@salesforce/label/c.Cosell_Save';
import SAVE_CHANGES from '@salesforce/label/c.Cosell_Save_Changes';
import SAVED from '@salesforce/label/c.Cosell_Saved';
import SEARCH_FOUND_MANY from '@salesforce/label/c.Cosell_Search_Found_Many';
import SEARCH_FOUND_ONE from '@salesforce/label/c.Cosell_Search_Found_One';
import SEARCH_MORE from '@salesforce/label/c.Cosell_Search_More';
import SEARCH_NONE from '@salesforce/label/c.Cosell_Search_None';
import SELLER from '@salesforce/label/c.Cosell_Seller';
import SEVERITY_BLOCK from '@salesforce/label/c.Cosell_Severity_Block';
import SEVERITY_WARN from '@salesforce/label/c.Cosell_Severity_Warn';
import SHARE_AGAIN from '@salesforce/label/c.Cosell_Share_Again';
import SHARE_CHANGES from '@salesforce/label/c.Cosell_Share_Changes';
import SHARE_CO_SELL from '@salesforce/label/c.Cosell_Share_Co_Sell';
import SHARE_LOOK from '@salesforce/label/c.Cosell_Share_Look';
import SHARE_PRIVATE from '@salesforce/label/c.Cosell_Share_Private';
import SHARE_SYNC from '@salesforce/label/c.Cosell_Share_Sync';
import SHARE_VISIBLE from '@salesforce/label/c.Cosell_Share_Visible';
import SHARED from '@salesforce/label/c.Cosell_Shared';
import SHARED_LATER from '@salesforce/label/c.Cosell_Shared_Later';
import SHARED_PARTLY from '@salesforce/label/c.Cosell_Shared_Partly';
import SHARED_PRIVATE from '@salesforce/label/c.Cosell_Shared_Private';
import SHARED_REFERRAL from '@salesforce/label/c.Cosell_Shared_Referral';
import SIDE_COSELL from '@salesforce/label/c.Cosell_Side_Cosell';
import SIDE_MICROSOFT from '@salesforce/label/c.Cosell_Side_Microsoft';
import SIDE_PARTNER_CENTER from '@salesforce/label/c.Cosell_Side_Partner_Center';
import SIDE_YOU from '@salesforce/label/c.Cosell_Side_You';
import SOLUTION_ADDED from '@salesforce/label/c.Cosell_Solution_Added';
import SOLUTION_ASSESSMENT from '@salesforce/label/c.Cosell_Solution_Assessment';
import SOLUTION_MICROSOFT from '@salesforce/label/c.Cosell_Solution_Microsoft';
import SOLUTION_OF from '@salesforce/label/c.Cosell_Solution_Of';
import SOLUTION_PARTNER from '@salesforce/label/c.Cosell_Solution_Partner';
import SOLUTION_REMOVE from '@salesforce/label/c.Cosell_Solution_Remove';
import SOLUTION_REMOVED from '@salesforce/label/c.Cosell_Solution_Removed';
import SOLUTION_TAKEN from '@salesforce/label/c.Cosell_Solution_Taken';
import SOLUTIONS from '@salesforce/label/c.Cosell_Solutions';
import SOLUTIONS_ADD from '@salesforce/label/c.Cosell_Solutions_Add';
import SOLUTIONS_EMPTY from '@salesforce/label/c.Cosell_Solutions_Empty';
import SOLUTIONS_NO_CATALOGUE from '@salesforce/label/c.Cosell_Solutions_No_Catalogue';
import SOLUTIONS_NONE_LEFT from '@salesforce/label/c.Cosell_Solutions_None_Left';
import SOLUTIONS_PICK from '@salesforce/label/c.Cosell_Solutions_Pick';
import SOLUTIONS_PLACEHOLDER from '@salesforce/label/c.Cosell_Solutions_Placeholder';
import SOLUTIONS_RETRY from '@salesforce/label/c.Cosell_Solutions_Retry';
import SOLUTIONS_UNAVAILABLE from '@salesforce/label/c.Cosell_Solutions_Unavailable';
import SUMMARY_KEPT_MANY from '@salesforce/label/c.Cosell_Summary_Kept_Many';
import SUMMARY_KEPT_ONE from '@salesforce/label/c.Cosell_Summary_Kept_One';
import SUMMARY_READY from '@salesforce/label/c.Cosell_Summary_Ready';
import SUMMARY_SEND_MANY from '@salesforce/label/c.Cosell_Summary_Send_Many';
import SUMMARY_SEND_ONE from '@salesforce/label/c.Cosell_Summary_Send_One';
import SUMMARY_SHARE_MANY from '@salesforce/label/c.Cosell_Summary_Share_Many';
import SUMMARY_SHARE_ONE from '@salesforce/label/c.Cosell_Summary_Share_One';
import SYNC from '@salesforce/label/c.Cosell_Sync';
import SYNC_HINT from '@salesforce/label/c.Cosell_Sync_Hint';
import SYNC_HINT_ON from '@salesforce/label/c.Cosell_Sync_Hint_On';
import SYNC_HINT_PAUSED from '@salesforce/label/c.Cosell_Sync_Hint_Paused';
import SYNC_HINT_READY from '@salesforce/label/c.Cosell_Sync_Hint_Ready';
import SYNC_OFF from '@salesforce/label/c.Cosell_Sync_Off';
import SYNC_ON from '@salesforce/label/c.Cosell_Sync_On';
import THIS_ACCOUNT from '@salesforce/label/c.Cosell_This_Account';
import THIS_CONTACT from '@salesforce/label/c.Cosell_This_Contact';
import THIS_OPPORTUNITY from '@salesforce/label/c.Cosell_This_Opportunity';
import TIMELINE from '@salesforce/label/c.Cosell_Timeline';
import TIMELINE_MORE from '@salesforce/label/c.Cosell_Timeline_More';
import TIMELINE_SHOWN from '@salesforce/label/c.Cosell_Timeline_Shown';
import TITLE from '@salesforce/label/c.Cosell_Title';
import TOLD_FOR_GOOD from '@salesforce/label/c.Cosell_Told_For_Good';
import TRY_AGAIN from '@salesforce/label/c.Cosell_Try_Again';
import UNSAVED from '@salesforce/label/c.Cosell_Unsaved';
import VISIBLE from '@salesforce/label/c.Cosell_Visible';
import VISIBLE_BY_HELP from '@salesforce/label/c.Cosell_Visible_By_Help';
import VISIBLE_FOR_GOOD from '@salesforce/label/c.Cosell_Visible_For_Good';
import VISIBLE_HINT from '@salesforce/label/c.Cosell_Visible_Hint';
import WAITING_UNTIL from '@salesforce/label/c.Cosell_Waiting_Until';
import WHY_NOT_MANY from '@salesforce/label/c.Cosell_Why_Not_Many';
import WHY_NOT_ONE from '@salesforce/label/c.Cosell_Why_Not_One';
import WHY_NOT_SETTINGS from '@salesforce/label/c.Cosell_Why_Not_Settings';
import WORKING from '@salesforce/label/c.Cosell_Working';

/** Every label by its short name. */
export const LABELS = Object.freeze({
    title: TITLE,
    loading: LOADING,
    working: WORKING,
    close: CLOSE,
    save: SAVE,
    saveChanges: SAVE_CHANGES,
    cancel: CANCEL,
    choose: CHOOSE,
    discard: DISCARD,
    tryAgain: TRY_AGAIN,
    saved: SAVED,
    unsaved: UNSAVED,
    decideAccept: DECIDE_ACCEPT,
    decideAccepted: DECIDE_ACCEPTED,
    decideBy: DECIDE_BY,
    decideOverdue: DECIDE_OVERDUE,
    decideConfirm: DECIDE_CONFIRM,
    decideDecline: DECIDE_DECLINE,
    decideDeclined: DECIDE_DECLINED,
    decideForGood: DECIDE_FOR_GOOD,
    decideHeading: DECIDE_HEADING,
    decideHint: DECIDE_HINT,
    decideReason: DECIDE_REASON,
    decideReasonMissing: DECIDE_REASON_MISSING,
    noticeNotAnswered: NOTICE_NOT_ANSWERED,
    progressAnswering: PROGRESS_ANSWERING,
    goToFirst: GO_TO_FIRST,
    noticeUnasked: NOTICE_UNASKED,
    noticeUnaskedBody: NOTICE_UNASKED_BODY,
    summaryShareOne: SUMMARY_SHARE_ONE,
    summaryShareMany: SUMMARY_SHARE_MANY,
    summarySendOne: SUMMARY_SEND_ONE,
    summarySendMany: SUMMARY_SEND_MANY,
    summaryKeptOne: SUMMARY_KEPT_ONE,
    summaryKeptMany: SUMMARY_KEPT_MANY,
    summaryReady: SUMMARY_READY,
    groupBlocking: GROUP_BLOCKING,
    groupWarnings: GROUP_WARNINGS,
    groupBelow: GROUP_BELOW,
    groupCount: GROUP_COUNT,
    groupFixes: GROUP_FIXES,
    severityBlock: SEVERITY_BLOCK,
    severityWarn: SEVERITY_WARN,
    accessFields: ACCESS_FIELDS,
    accessOwner: ACCESS_OWNER,
    accessRecord: ACCESS_RECORD,
    thisAccount: THIS_ACCOUNT,
    thisContact: THIS_CONTACT,
    thisOpportunity: THIS_OPPORTUNITY,
    formHeading: FORM_HEADING,
    formHeadingClosed: FORM_HEADING_CLOSED,
    formKept: FORM_KEPT,
    sync: SYNC,
    syncOn: SYNC_ON,
    syncOff: SYNC_OFF,
    syncHint: SYNC_HINT,
    syncHintReady: SYNC_HINT_READY,
    syncHintOn: SYNC_HINT_ON,
    syncHintPaused: SYNC_HINT_PAUSED,
    help: HELP,
    helpNone: HELP_NONE,
    helpUnnamed: HELP_UNNAMED,
    helpForGood: HELP_FOR_GOOD,
    toldForGood: TOLD_FOR_GOOD,
    closedForGood: CLOSED_FOR_GOOD,
    helpCameIn: HELP_CAME_IN,
    visible: VISIBLE,
    visibleHint: VISIBLE_HINT,
    visibleByHelp: VISIBLE_BY_HELP,
    visibleForGood: VISIBLE_FOR_GOOD,
    contact: CONTACT,
    contactHelp: CONTACT_HELP,
    contactPlaceholder: CONTACT_PLACEHOLDER,
    contactWithRole: CONTACT_WITH_ROLE,
    contactAutomatic: CONTACT_AUTOMATIC,
    contactStranger: CONTACT_STRANGER,
    contactBlank: CONTACT_BLANK,
    contactEdit: CONTACT_EDIT,
    contactOnly: CONTACT_ONLY,
    contactEmpty: CONTACT_EMPTY,
    consent: CONSENT,
    consentHint: CONSENT_HINT,
    solutions: SOLUTIONS,
    solutionsAdd: SOLUTIONS_ADD,
    solutionsPick: SOLUTIONS_PICK,
    solutionsPlaceholder: SOLUTIONS_PLACEHOLDER,
    solutionsEmpty: SOLUTIONS_EMPTY,
    solutionsNoneLeft: SOLUTIONS_NONE_LEFT,
    solutionsNoCatalogue: SOLUTIONS_NO_CATALOGUE,
    solutionsUnavailable: SOLUTIONS_UNAVAILABLE,
    solutionsRetry: SOLUTIONS_RETRY,
    searchFoundOne: SEARCH_FOUND_ONE,
    searchFoundMany: SEARCH_FOUND_MANY,
    searchMore: SEARCH_MORE,
    searchNone: SEARCH_NONE,
    solutionOf: SOLUTION_OF,
    solutionMicrosoft: SOLUTION_MICROSOFT,
    solutionPartner: SOLUTION_PARTNER,
    solutionAssessment: SOLUTION_ASSESSMENT,
    solutionAdded: SOLUTION_ADDED,
    solutionRemoved: SOLUTION_REMOVED,
    solutionRemove: SOLUTION_REMOVE,
    solutionTaken: SOLUTION_TAKEN,
    fieldCompany: FIELD_COMPANY,
    fieldCloseDate: FIELD_CLOSE_DATE,
    fieldAmount: FIELD_AMOUNT,
    fieldCurrency: FIELD_CURRENCY,
    fieldNotes: FIELD_NOTES,
    fieldStage: FIELD_STAGE,
    shareCoSell: SHARE_CO_SELL,
    shareVisible: SHARE_VISIBLE,
    sharePrivate: SHARE_PRIVATE,
    shareChanges: SHARE_CHANGES,
    shareAgain: SHARE_AGAIN,
    shareLook: SHARE_LOOK,
    shareSync: SHARE_SYNC,
    whyNotOne: WHY_NOT_ONE,
    whyNotMany: WHY_NOT_MANY,
    whyNotSettings: WHY_NOT_SETTINGS,
    progressStep: PROGRESS_STEP,
    progressSaving: PROGRESS_SAVING,
    progressToken: PROGRESS_TOKEN,
    progressSharing: PROGRESS_SHARING,
    progressLooking: PROGRESS_LOOKING,
    progressWriting: PROGRESS_WRITING,
    shared: SHARED,
    sharedPrivate: SHARED_PRIVATE,
    sharedReferral: SHARED_REFERRAL,
    sharedLater: SHARED_LATER,
    sharedPartly: SHARED_PARTLY,
    looked: LOOKED,
    lookedLater: LOOKED_LATER,
    referral: REFERRAL,
    engagement: ENGAGEMENT,
    crmId: CRM_ID,
    seller: SELLER,
    openReferral: OPEN_REFERRAL,
    openReferralTooltip: OPEN_REFERRAL_TOOLTIP,
    asked: ASKED,
    waitingUntil: WAITING_UNTIL,
    timeline: TIMELINE,
    timelineMore: TIMELINE_MORE,
    timelineShown: TIMELINE_SHOWN,
    sideYou: SIDE_YOU,
    sideMicrosoft: SIDE_MICROSOFT,
    sidePartnerCenter: SIDE_PARTNER_CENTER,
    sideCosell: SIDE_COSELL,
    noticeInfo: NOTICE_INFO,
    noticeWarning: NOTICE_WARNING,
    noticeError: NOTICE_ERROR,
    noticeUnreadable: NOTICE_UNREADABLE,
    noticeModule: NOTICE_MODULE,
    noticeSettings: NOTICE_SETTINGS,
    noticeSettingsBody: NOTICE_SETTINGS_BODY,
    noticeSettingsUnread: NOTICE_SETTINGS_UNREAD,
    noticeSettingsUnreadable: NOTICE_SETTINGS_UNREADABLE,
    noticePermission: NOTICE_PERMISSION,
    noticePermissionBody: NOTICE_PERMISSION_BODY,
    noticeNotShared: NOTICE_NOT_SHARED,
    noticeNotSent: NOTICE_NOT_SENT,
    noticeNotLooked: NOTICE_NOT_LOOKED,
    noticeNotSaved: NOTICE_NOT_SAVED,
    hintAdmin: HINT_ADMIN,
    hintModuleUnavailable: HINT_MODULE_UNAVAILABLE,
    hintModuleBlocked: HINT_MODULE_BLOCKED,
    hintModuleUnreachable: HINT_MODULE_UNREACHABLE,
    hintSettings: HINT_SETTINGS,
    hintSettingsUnreadable: HINT_SETTINGS_UNREADABLE,
    hintPermission: HINT_PERMISSION,
    hintProxy: HINT_PROXY,
    hintOrigin: HINT_ORIGIN,
    errorUnknown: ERROR_UNKNOWN,
    errorModuleUnavailable: ERROR_MODULE_UNAVAILABLE,
    errorModuleBlocked: ERROR_MODULE_BLOCKED,
    errorModuleUnreachable: ERROR_MODULE_UNREACHABLE,
    errorScope: ERROR_SCOPE,
    errorSettings: ERROR_SETTINGS,
    errorSettingsUnreadable: ERROR_SETTINGS_UNREADABLE,
    errorRecordUnreadable: ERROR_RECORD_UNREADABLE,
    errorConflict: ERROR_CONFLICT,
    errorPermission: ERROR_PERMISSION,
    errorNotFound: ERROR_NOT_FOUND,
    errorServerNotFound: ERROR_SERVER_NOT_FOUND,
    errorNotReadable: ERROR_NOT_READABLE,
    errorNotSaved: ERROR_NOT_SAVED,
    errorReadOnly: ERROR_READ_ONLY,
    errorCertificate: ERROR_CERTIFICATE,
    errorProxyUnreachable: ERROR_PROXY_UNREACHABLE,
    errorProxyTimeout: ERROR_PROXY_TIMEOUT,
    errorProxyUnreadable: ERROR_PROXY_UNREADABLE,
    errorOrigin: ERROR_ORIGIN,
    errorToken: ERROR_TOKEN,
    errorSalesforceSignIn: ERROR_SALESFORCE_SIGN_IN,
    errorSalesforceUnavailable: ERROR_SALESFORCE_UNAVAILABLE,
    errorSalesforceRefused: ERROR_SALESFORCE_REFUSED,
    errorNotReady: ERROR_NOT_READY
});

/** Names of Microsoft's help codes. */
export const HELP_LABELS = Object.freeze({
    WorkloadSpecificValueProposition: HELP_WORKLOAD,
    CustomerTechnicalArchitecture: HELP_ARCHITECTURE,
    ProofOfConceptOrDemo: HELP_PROOF,
    QuotesOrLicensing: HELP_QUOTES,
    PostSalesCustomerSuccess: HELP_POST_SALES,
    GeneralOrOther: HELP_GENERAL
});

/** Microsoft’s reasons for declining, in its own words as they are sent, and their names (Microsoft Learn, "Bulk upload of co-sell deals"). */
export const REASON_LABELS = Object.freeze({
    "Project budget isn't adequate": REASON_BUDGET,
    "Customer didn't respond": REASON_NO_ANSWER,
    'Customer chose another vendor': REASON_VENDOR,
    'Customer requirement not met': REASON_REQUIREMENT,
    'Not a customer': REASON_NO_CUSTOMER,
    'Proposed time line was too short': REASON_TIME,
    'Report as abuse, spam, or phishing': REASON_ABUSE,
    Others: REASON_OTHER
});

/** Names of fields by API name, as far as the panel edits them; with the object where the name alone would mislead. */
export const FIELD_LABELS = Object.freeze({
    Name: FIELD_NAME,
    'Account.Name': FIELD_ACCOUNT_NAME,
    FirstName: FIELD_FIRST_NAME,
    LastName: FIELD_LAST_NAME,
    Email: FIELD_EMAIL,
    Phone: FIELD_PHONE,
    BillingStreet: FIELD_STREET,
    BillingCity: FIELD_CITY,
    BillingState: FIELD_STATE,
    BillingPostalCode: FIELD_POSTAL_CODE,
    BillingCountry: FIELD_COUNTRY,
    BillingCountryCode: FIELD_COUNTRY,
    CloseDate: FIELD_CLOSE_DATE,
    CurrencyIsoCode: FIELD_CURRENCY,
    Amount: FIELD_AMOUNT,
    Sync_with_Partner_Center__c: SYNC,
    How_can_Microsoft_help__c: HELP,
    Visible_to_Microsoft_Sellers__c: VISIBLE,
    Customer_Consent__c: CONSENT,
    Microsoft_Customer_Contact__c: CONTACT
});
