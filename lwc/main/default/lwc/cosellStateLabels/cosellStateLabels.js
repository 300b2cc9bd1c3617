/**
 * The words for the states of a deal, in the user's language: what each is called, what it means, what comes next. Beside `c/cosellLabels`,
 * for the components that tell how a deal stands.
 */
import ANSWER_ACCEPTED from '@salesforce/label/c.Cosell_Answer_Accepted';
import ANSWER_DECLINED from '@salesforce/label/c.Cosell_Answer_Declined';
import ANSWER_DUE from '@salesforce/label/c.Cosell_Answer_Due';
import ANSWER_EXPIRED from '@salesforce/label/c.Cosell_Answer_Expired';
import ANSWER_LOST from '@salesforce/label/c.Cosell_Answer_Lost';
import ANSWER_OVERDUE from '@salesforce/label/c.Cosell_Answer_Overdue';
import ANSWER_PENDING from '@salesforce/label/c.Cosell_Answer_Pending';
import ANSWER_WON from '@salesforce/label/c.Cosell_Answer_Won';
import BODY_ACCEPTED_UNNAMED from '@salesforce/label/c.Cosell_Body_Accepted_Unnamed';
import BODY_CLOSED from '@salesforce/label/c.Cosell_Body_Closed';
import BODY_MISSED from '@salesforce/label/c.Cosell_Body_Missed';
import BODY_OVER from '@salesforce/label/c.Cosell_Body_Over';
import BODY_PAUSED from '@salesforce/label/c.Cosell_Body_Paused';
import BODY_PAUSING from '@salesforce/label/c.Cosell_Body_Pausing';
import BODY_PENDING_SINCE from '@salesforce/label/c.Cosell_Body_Pending_Since';
import BODY_PRIVATE from '@salesforce/label/c.Cosell_Body_Private';
import BODY_READY_CO_SELL from '@salesforce/label/c.Cosell_Body_Ready_Co_Sell';
import BODY_READY_PRIVATE from '@salesforce/label/c.Cosell_Body_Ready_Private';
import BODY_READY_VISIBLE from '@salesforce/label/c.Cosell_Body_Ready_Visible';
import BODY_REASON from '@salesforce/label/c.Cosell_Body_Reason';
import BODY_REASON_UNNAMED from '@salesforce/label/c.Cosell_Body_Reason_Unnamed';
import BODY_REQUEST_EXPIRED from '@salesforce/label/c.Cosell_Body_Request_Expired';
import BODY_TAKEN from '@salesforce/label/c.Cosell_Body_Taken';
import BODY_VISIBLE from '@salesforce/label/c.Cosell_Body_Visible';
import BODY_WON_BY_MICROSOFT from '@salesforce/label/c.Cosell_Body_Won_By_Microsoft';
import DAYS_LEFT_MANY from '@salesforce/label/c.Cosell_Days_Left_Many';
import DAYS_LEFT_ONE from '@salesforce/label/c.Cosell_Days_Left_One';
import HEAD_BROKEN from '@salesforce/label/c.Cosell_Head_Broken';
import HEAD_CLOSED from '@salesforce/label/c.Cosell_Head_Closed';
import HEAD_LOOK_AGAIN from '@salesforce/label/c.Cosell_Head_Look_Again';
import HEAD_LOST from '@salesforce/label/c.Cosell_Head_Lost';
import HEAD_MISSED from '@salesforce/label/c.Cosell_Head_Missed';
import HEAD_NEEDS_YOU from '@salesforce/label/c.Cosell_Head_Needs_You';
import HEAD_OVER from '@salesforce/label/c.Cosell_Head_Over';
import HEAD_PRIVATE from '@salesforce/label/c.Cosell_Head_Private';
import HEAD_RUNNING from '@salesforce/label/c.Cosell_Head_Running';
import HEAD_TAKEN from '@salesforce/label/c.Cosell_Head_Taken';
import HEAD_TURNED_DOWN from '@salesforce/label/c.Cosell_Head_Turned_Down';
import HEAD_VISIBLE from '@salesforce/label/c.Cosell_Head_Visible';
import HEAD_WAITING from '@salesforce/label/c.Cosell_Head_Waiting';
import HEAD_WON from '@salesforce/label/c.Cosell_Head_Won';
import NEXT from '@salesforce/label/c.Cosell_Next';
import NEXT_ACCEPTED from '@salesforce/label/c.Cosell_Next_Accepted';
import NEXT_ASKED from '@salesforce/label/c.Cosell_Next_Asked';
import NEXT_BROKEN from '@salesforce/label/c.Cosell_Next_Broken';
import NEXT_CLOSED from '@salesforce/label/c.Cosell_Next_Closed';
import NEXT_DECLINED from '@salesforce/label/c.Cosell_Next_Declined';
import NEXT_INBOUND from '@salesforce/label/c.Cosell_Next_Inbound';
import NEXT_MEND from '@salesforce/label/c.Cosell_Next_Mend';
import NEXT_MICROSOFT_LOST from '@salesforce/label/c.Cosell_Next_Microsoft_Lost';
import NEXT_MICROSOFT_WON from '@salesforce/label/c.Cosell_Next_Microsoft_Won';
import NEXT_NEEDS_YOU from '@salesforce/label/c.Cosell_Next_Needs_You';
import NEXT_OVER from '@salesforce/label/c.Cosell_Next_Over';
import NEXT_OVERDUE from '@salesforce/label/c.Cosell_Next_Overdue';
import NEXT_PAUSED from '@salesforce/label/c.Cosell_Next_Paused';
import NEXT_PAUSING from '@salesforce/label/c.Cosell_Next_Pausing';
import NEXT_PRIVATE from '@salesforce/label/c.Cosell_Next_Private';
import NEXT_READY from '@salesforce/label/c.Cosell_Next_Ready';
import NEXT_RUNNING from '@salesforce/label/c.Cosell_Next_Running';
import NEXT_SHARING from '@salesforce/label/c.Cosell_Next_Sharing';
import NEXT_TAKEN from '@salesforce/label/c.Cosell_Next_Taken';
import NEXT_VISIBLE from '@salesforce/label/c.Cosell_Next_Visible';
import NEXT_WAITING from '@salesforce/label/c.Cosell_Next_Waiting';
import NEXT_WON from '@salesforce/label/c.Cosell_Next_Won';
import STATE_ACCEPTED from '@salesforce/label/c.Cosell_State_Accepted';
import STATE_AGREED from '@salesforce/label/c.Cosell_State_Agreed';
import STATE_ASKED from '@salesforce/label/c.Cosell_State_Asked';
import STATE_BROKEN from '@salesforce/label/c.Cosell_State_Broken';
import STATE_CLOSED from '@salesforce/label/c.Cosell_State_Closed';
import STATE_DECLINED from '@salesforce/label/c.Cosell_State_Declined';
import STATE_EXPIRED from '@salesforce/label/c.Cosell_State_Expired';
import STATE_IN_STEP from '@salesforce/label/c.Cosell_State_In_Step';
import STATE_LOST from '@salesforce/label/c.Cosell_State_Lost';
import STATE_LOST_BY_MICROSOFT from '@salesforce/label/c.Cosell_State_Lost_By_Microsoft';
import STATE_MISSED from '@salesforce/label/c.Cosell_State_Missed';
import STATE_NEEDS_YOU from '@salesforce/label/c.Cosell_State_Needs_You';
import STATE_NOT_SHARED from '@salesforce/label/c.Cosell_State_Not_Shared';
import STATE_ON_HOLD from '@salesforce/label/c.Cosell_State_On_Hold';
import STATE_PRIVATE from '@salesforce/label/c.Cosell_State_Private';
import STATE_RUNNING from '@salesforce/label/c.Cosell_State_Running';
import STATE_TAKEN from '@salesforce/label/c.Cosell_State_Taken';
import STATE_VISIBLE from '@salesforce/label/c.Cosell_State_Visible';
import STATE_WAITING from '@salesforce/label/c.Cosell_State_Waiting';
import STATE_WON from '@salesforce/label/c.Cosell_State_Won';
import STATE_WON_BY_MICROSOFT from '@salesforce/label/c.Cosell_State_Won_By_Microsoft';

/** Every label by its short name. */
export const STATE_LABELS = Object.freeze({
    answerAccepted: ANSWER_ACCEPTED,
    answerDeclined: ANSWER_DECLINED,
    answerDue: ANSWER_DUE,
    answerExpired: ANSWER_EXPIRED,
    answerLost: ANSWER_LOST,
    answerOverdue: ANSWER_OVERDUE,
    answerPending: ANSWER_PENDING,
    answerWon: ANSWER_WON,
    bodyAcceptedUnnamed: BODY_ACCEPTED_UNNAMED,
    bodyClosed: BODY_CLOSED,
    bodyOver: BODY_OVER,
    bodyMissed: BODY_MISSED,
    bodyPaused: BODY_PAUSED,
    bodyPausing: BODY_PAUSING,
    bodyPendingSince: BODY_PENDING_SINCE,
    bodyPrivate: BODY_PRIVATE,
    bodyReadyCoSell: BODY_READY_CO_SELL,
    bodyReadyPrivate: BODY_READY_PRIVATE,
    bodyReadyVisible: BODY_READY_VISIBLE,
    bodyReason: BODY_REASON,
    bodyReasonUnnamed: BODY_REASON_UNNAMED,
    bodyRequestExpired: BODY_REQUEST_EXPIRED,
    bodyTaken: BODY_TAKEN,
    bodyVisible: BODY_VISIBLE,
    bodyWonByMicrosoft: BODY_WON_BY_MICROSOFT,
    daysLeftMany: DAYS_LEFT_MANY,
    daysLeftOne: DAYS_LEFT_ONE,
    headBroken: HEAD_BROKEN,
    headClosed: HEAD_CLOSED,
    headOver: HEAD_OVER,
    headLost: HEAD_LOST,
    headMissed: HEAD_MISSED,
    headNeedsYou: HEAD_NEEDS_YOU,
    headPrivate: HEAD_PRIVATE,
    headRunning: HEAD_RUNNING,
    headTaken: HEAD_TAKEN,
    headTurnedDown: HEAD_TURNED_DOWN,
    headVisible: HEAD_VISIBLE,
    headWaiting: HEAD_WAITING,
    headWon: HEAD_WON,
    next: NEXT,
    nextAccepted: NEXT_ACCEPTED,
    nextAsked: NEXT_ASKED,
    nextBroken: NEXT_BROKEN,
    nextClosed: NEXT_CLOSED,
    nextOver: NEXT_OVER,
    nextDeclined: NEXT_DECLINED,
    nextInbound: NEXT_INBOUND,
    nextMend: NEXT_MEND,
    nextMicrosoftLost: NEXT_MICROSOFT_LOST,
    nextMicrosoftWon: NEXT_MICROSOFT_WON,
    nextNeedsYou: NEXT_NEEDS_YOU,
    nextOverdue: NEXT_OVERDUE,
    nextPaused: NEXT_PAUSED,
    nextPausing: NEXT_PAUSING,
    nextPrivate: NEXT_PRIVATE,
    nextReady: NEXT_READY,
    nextRunning: NEXT_RUNNING,
    nextSharing: NEXT_SHARING,
    nextTaken: NEXT_TAKEN,
    nextVisible: NEXT_VISIBLE,
    nextWaiting: NEXT_WAITING,
    nextWon: NEXT_WON,
    stateAccepted: STATE_ACCEPTED,
    stateAgreed: STATE_AGREED,
    stateAsked: STATE_ASKED,
    stateBroken: STATE_BROKEN,
    stateClosed: STATE_CLOSED,
    stateDeclined: STATE_DECLINED,
    stateExpired: STATE_EXPIRED,
    stateInStep: STATE_IN_STEP,
    stateLost: STATE_LOST,
    stateMissed: STATE_MISSED,
    stateNeedsYou: STATE_NEEDS_YOU,
    stateNotShared: STATE_NOT_SHARED,
    stateOnHold: STATE_ON_HOLD,
    statePrivate: STATE_PRIVATE,
    stateTaken: STATE_TAKEN,
    stateVisible: STATE_VISIBLE,
    stateWaiting: STATE_WAITING,
    stateWon: STATE_WON,
    stateRunning: STATE_RUNNING,
    stateWonByMicrosoft: STATE_WON_BY_MICROSOFT,
    stateLostByMicrosoft: STATE_LOST_BY_MICROSOFT,
    headLookAgain: HEAD_LOOK_AGAIN
});
